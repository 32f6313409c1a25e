'use client';
import { PageCrash } from '#components/shell/page-crash';

export default PageCrash;
