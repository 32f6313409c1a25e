export const editorViews = ['form', 'preview', 'checklist'] as const;
