callers.o: sip/admission/callers.cc sip/admission/callers.h \
 sip/admission/gate.h sip/authentication/authenticator.h \
 sip/authentication/digest.h sip/authentication/nonce.h \
 sip/admission/md5_fallback.h sip/admission/rate_limit.h base/allowance.h \
 sip/admission/rejections.h base/event.h sip/registrar/location.h \
 sip/admission/unanswered.h sip/admission/origin.h \
 sip/admission/leg_shares.h sip/admission/peers.h base/errors.h base/pj.h \
 sip/account.h sip/message/message.h sip/registrar/registrar.h
sip/admission/callers.h:
sip/admission/gate.h:
sip/authentication/authenticator.h:
sip/authentication/digest.h:
sip/authentication/nonce.h:
sip/admission/md5_fallback.h:
sip/admission/rate_limit.h:
base/allowance.h:
sip/admission/rejections.h:
base/event.h:
sip/registrar/location.h:
sip/admission/unanswered.h:
sip/admission/origin.h:
sip/admission/leg_shares.h:
sip/admission/peers.h:
base/errors.h:
base/pj.h:
sip/account.h:
sip/message/message.h:
sip/registrar/registrar.h:
