/* /file: one file, opened when the server starts. */
#ifndef FILE_H
#define FILE_H
#include <wireway.h>

/* All of it; NULL: there is none. Every thread sends from the same descriptor. */
extern const ww_file *served_file;

/* Opens it; NULL is none. Answers 0, or -1 after it has said why not. */
int file_open(const char *path);
void file_close(void);

#endif
