admission.o: sip/admission/admission.cc sip/admission/admission.h \
 base/event.h sip/admission/origin.h sip/admission/leg_shares.h \
 sip/admission/peers.h base/errors.h base/guard.h base/pj.h core/hooks.h \
 sip/admission/callers.h sip/admission/gate.h \
 sip/authentication/authenticator.h sip/authentication/digest.h \
 sip/authentication/nonce.h sip/admission/md5_fallback.h \
 sip/admission/rate_limit.h base/allowance.h sip/admission/rejections.h \
 sip/registrar/location.h sip/admission/unanswered.h \
 sip/admission/connections.h sip/admission/connection_table.h \
 sip/admission/front_door.h sip/admission/requests.h \
 sip/message/message.h sip/registrar/registrar.h
sip/admission/admission.h:
base/event.h:
sip/admission/origin.h:
sip/admission/leg_shares.h:
sip/admission/peers.h:
base/errors.h:
base/guard.h:
base/pj.h:
core/hooks.h:
sip/admission/callers.h:
sip/admission/gate.h:
sip/authentication/authenticator.h:
sip/authentication/digest.h:
sip/authentication/nonce.h:
sip/admission/md5_fallback.h:
sip/admission/rate_limit.h:
base/allowance.h:
sip/admission/rejections.h:
sip/registrar/location.h:
sip/admission/unanswered.h:
sip/admission/connections.h:
sip/admission/connection_table.h:
sip/admission/front_door.h:
sip/admission/requests.h:
sip/message/message.h:
sip/registrar/registrar.h:
