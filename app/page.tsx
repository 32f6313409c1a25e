import { Landing } from '#components/auth/landing';

export default function LandingPage() {
  return <Landing />;
}
