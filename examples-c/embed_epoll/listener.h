/* The socket that peers connect to, where the command line says. */
#ifndef LISTENER_H
#define LISTENER_H

/* Answers the socket, which does not block, after it has told the address; or -1, after it has told why not, with the exit status of the
 * program in `*status`. */
int listener_open(int argc, char **argv, int *status);

#endif
