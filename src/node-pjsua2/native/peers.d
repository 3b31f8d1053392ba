peers.o: sip/admission/peers.cc sip/admission/peers.h
sip/admission/peers.h:
