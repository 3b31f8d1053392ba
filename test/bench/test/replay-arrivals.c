/* Takes packets of voice from standard input, a line each (sequence, timestamp, milliseconds of arrival), and says what became of them. */
#include <stdio.h>

#include "arrivals.h"

int main(void)
{
    struct arrivals arrivals = {0};
    unsigned sequence, timestamp;
    double at;
    while (scanf("%u %u %lf", &sequence, &timestamp, &at) == 3) arrivals_take(&arrivals, 1, (uint16_t)sequence, timestamp, at);
    printf("{\"received\":%ld,\"lost\":%ld,\"late\":%ld,\"gaps\":%ld}\n", arrivals.received, arrivals.lost, arrivals.late, arrivals.gaps);
    return 0;
}
