authenticator.o: sip/authentication/authenticator.cc \
 sip/authentication/authenticator.h sip/authentication/digest.h \
 sip/authentication/nonce.h
sip/authentication/authenticator.h:
sip/authentication/digest.h:
sip/authentication/nonce.h:
