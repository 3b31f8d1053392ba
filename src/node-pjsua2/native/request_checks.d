request_checks.o: sip/admission/request_checks.cc \
 sip/admission/request_checks.h sip/admission/rejections.h base/event.h \
 sip/registrar/location.h sip/authentication/nonce.h \
 sip/admission/rate_limit.h base/allowance.h base/pj.h \
 sip/message/message.h sip/authentication/digest.h
sip/admission/request_checks.h:
sip/admission/rejections.h:
base/event.h:
sip/registrar/location.h:
sip/authentication/nonce.h:
sip/admission/rate_limit.h:
base/allowance.h:
base/pj.h:
sip/message/message.h:
sip/authentication/digest.h:
