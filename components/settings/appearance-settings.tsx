'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';

const themes = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
];

export function AppearanceSettings() {
  const { theme, setTheme } = useTheme();
  return (
    <Card>
      <CardHeader>
        <CardTitle>Theme</CardTitle>
      </CardHeader>
      <CardContent>
        <RadioGroup
          aria-label="Theme"
          value={theme ?? 'system'}
          onValueChange={setTheme}
          className="grid-cols-3"
        >
          {themes.map(({ value, label, icon: Icon }) => (
            <RadioCard key={value} value={value}>
              <Icon className="mb-2 size-4 text-muted-foreground" aria-hidden />
              <span className="block font-medium text-sm">{label}</span>
            </RadioCard>
          ))}
        </RadioGroup>
        <p className="mt-2 text-muted-foreground text-xs">Kept in this browser.</p>
      </CardContent>
    </Card>
  );
}
