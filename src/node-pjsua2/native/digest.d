digest.o: sip/authentication/digest.cc sip/authentication/digest.h
sip/authentication/digest.h:
