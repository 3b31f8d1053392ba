location.o: sip/registrar/location.cc sip/registrar/location.h \
 sip/authentication/nonce.h
sip/registrar/location.h:
sip/authentication/nonce.h:
