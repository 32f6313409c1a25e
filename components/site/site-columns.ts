/** Column tracks of the sites list from 768 px on; header and rows share them. Later columns fall away on narrower screens. */
export const siteColumns =
  'md:grid md:grid-cols-[2.25rem_minmax(11rem,1.7fr)_minmax(6.5rem,0.7fr)_minmax(7rem,0.9fr)_7.5rem_7.5rem] lg:grid-cols-[2.25rem_minmax(11rem,1.7fr)_minmax(6.5rem,0.7fr)_minmax(7rem,0.9fr)_7.5rem_7.5rem_5.5rem] xl:grid-cols-[2.25rem_minmax(12rem,1.8fr)_minmax(6.5rem,0.7fr)_minmax(7rem,0.9fr)_7.5rem_7.5rem_6rem_minmax(7rem,0.7fr)]';

export const rowHeightPx = { wide: 48, narrow: 64 };
