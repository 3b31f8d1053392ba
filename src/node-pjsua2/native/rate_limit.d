rate_limit.o: sip/admission/rate_limit.cc sip/admission/rate_limit.h \
 base/allowance.h sip/authentication/nonce.h
sip/admission/rate_limit.h:
base/allowance.h:
sip/authentication/nonce.h:
