leg_shares.o: sip/admission/leg_shares.cc sip/admission/leg_shares.h
sip/admission/leg_shares.h:
