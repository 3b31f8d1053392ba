registration.o: sip/registrar/registration.cc \
 sip/registrar/registration.h sip/registrar/location.h \
 sip/authentication/nonce.h sip/message/message.h \
 sip/authentication/digest.h base/pj.h
sip/registrar/registration.h:
sip/registrar/location.h:
sip/authentication/nonce.h:
sip/message/message.h:
sip/authentication/digest.h:
base/pj.h:
