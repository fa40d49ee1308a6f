/** SHA-512 of every file of a medium, as `sha512sum -c` reads it; written last. */
export const MANIFEST = 'manifest-sha512.txt';
/** Where a medium is worked on; gone when it is written. */
export const WORK = '.writing';
