/* ITU-T G.711: eight-bit companded samples. */
#ifndef G711_H
#define G711_H
#include <stdint.h>

enum law { A_LAW, MU_LAW };

int16_t g711_decode(enum law law, uint8_t octet);

/* The octet whose decoded value is nearest. */
uint8_t g711_encode(enum law law, int16_t sample);

#endif
