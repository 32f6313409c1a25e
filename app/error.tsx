'use client';
import { PageCrash } from '#components/frame/page-crash';

export default PageCrash;
