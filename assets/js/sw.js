const FILES = /* FILES */ [];
const VERSION = /* VERSION */ 'dev';
self.files = [FILES, VERSION];
