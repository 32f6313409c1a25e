import { NotFound } from '#components/kit/not-found';

export default function NotFoundPage() {
  return <NotFound />;
}
