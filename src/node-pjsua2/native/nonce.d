nonce.o: sip/authentication/nonce.cc sip/authentication/nonce.h
sip/authentication/nonce.h:
