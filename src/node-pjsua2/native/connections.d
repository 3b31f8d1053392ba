connections.o: sip/admission/connections.cc sip/admission/connections.h \
 sip/admission/connection_table.h sip/authentication/nonce.h \
 sip/message/message.h sip/authentication/digest.h \
 sip/registrar/location.h
sip/admission/connections.h:
sip/admission/connection_table.h:
sip/authentication/nonce.h:
sip/message/message.h:
sip/authentication/digest.h:
sip/registrar/location.h:
