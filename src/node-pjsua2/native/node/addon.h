// Each of these adds the functions for one kind of object to the addon.
#pragma once

#include <napi.h>

namespace np {

void registerEndpoint(Napi::Env env, Napi::Object exports);
void registerTransport(Napi::Env env, Napi::Object exports);
void registerTls(Napi::Env env, Napi::Object exports);
void registerCall(Napi::Env env, Napi::Object exports);
void registerConnection(Napi::Env env, Napi::Object exports);
void registerPlayer(Napi::Env env, Napi::Object exports);
void registerRecorder(Napi::Env env, Napi::Object exports);
void registerSoundChannel(Napi::Env env, Napi::Object exports);
void registerRegistrar(Napi::Env env, Napi::Object exports);
void registerAccount(Napi::Env env, Napi::Object exports);

}  // namespace np
