#include "g711.h"
#include <stdlib.h>

static int16_t decode_a_law(uint8_t octet)
{
    octet ^= 0x55;
    int exponent = (octet >> 4) & 7;
    int step = ((octet & 15) << 4) + 8;
    int magnitude = exponent == 0 ? step : (step + 0x100) << (exponent - 1);
    return (int16_t)(octet & 0x80 ? magnitude : -magnitude);
}

static int16_t decode_mu_law(uint8_t octet)
{
    octet = (uint8_t)~octet;
    int magnitude = ((((octet & 15) << 3) + 0x84) << ((octet >> 4) & 7)) - 0x84;
    return (int16_t)(octet & 0x80 ? -magnitude : magnitude);
}

int16_t g711_decode(enum law law, uint8_t octet)
{
    return law == A_LAW ? decode_a_law(octet) : decode_mu_law(octet);
}

uint8_t g711_encode(enum law law, int16_t sample)
{
    uint8_t nearest = 0;
    for (int octet = 1; octet < 256; octet++)
        if (abs(g711_decode(law, (uint8_t)octet) - sample) < abs(g711_decode(law, nearest) - sample)) nearest = (uint8_t)octet;
    return nearest;
}
