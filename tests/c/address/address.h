/* Addresses through the C ABI: their layout, tables of texts that are addresses and of texts that are none, and values that a program
 * filled in wrongly. */
#ifndef TEST_ADDRESS_H
#define TEST_ADDRESS_H
#include "../harness.h"

/* main.c: parses octets in memory of just their size, so that a memory checker sees whoever reads on. */
ww_status parse(const char *octets, size_t len, ww_address *out, ww_error_info *error);
/* The address of a text that is one. */
ww_address parsed(const char *text);
/* The text of the address is `text`. It fits in just that, and where it does not fit the call tells the size. */
void is_text(const ww_address *address, const char *text);

/* texts.c */
void good_texts(void);
void long_names(void);
void bad_texts(void);

/* values.c */
void bad_values(void);
void other_values(void);

#endif
