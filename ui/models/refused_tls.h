#pragma once

#include "jackfield/certificate.h"
#include "jackfield/event.h"
#include "jackfield/lanes.h"

#include <QString>

#include <optional>

namespace jackfield::ui {

// Refused attempts that are about TLS: what to say of them and what helps.

/// What of this server's settings would let such an attempt in.
enum class TlsFix {
    none, ///< nothing here
    certificate, ///< the certificate, or trust in it
    alsoSecure, ///< the listeners it may have come to speak wss:// too
    alsoPlain, ///< the listeners it may have come to speak ws:// too
};

/// Whether this is the listener that the attempt came to, or its sibling: `localhost` is one port to a page,
/// and two listeners here (127.0.0.1 and ::1).
[[nodiscard]] bool mayHaveComeTo(const event::Refused& refused, const ListenerStatus& listener);
[[nodiscard]] bool isAboutTls(const event::Refused& refused);
/// Whether somebody's page or program wanted something and did not get it: not those who only left, and not
/// what is no TLS.
[[nodiscard]] bool isTlsThatConcernsSomebody(const event::Refused& refused);
/// What would help by now.
[[nodiscard]] TlsFix tlsFixOf(const event::Refused& refused, const ServerStatus& status);
/// Whether a server of this status would get further with it; nothing where that cannot be known, or where
/// nobody listens any more.
[[nodiscard]] std::optional<bool> isLetInOverTls(const event::Refused& refused, const ServerStatus& status);
/// "A browser or program at 127.0.0.1 asked for “localhost” over TLS: it does not trust ...". Peer text is
/// neutralised.
[[nodiscard]] QString tlsSentence(const event::Refused& refused);
/// What a person can do about it; empty where there is nothing to say. `own`: the person's own certificate, while
/// that is what is served; null for the development certificate, or none. Its texts are neutralised.
[[nodiscard]] QString tlsAdvice(const event::Refused& refused, const CertificateFacts* own = nullptr);
/// The alerts by their names and what the TLS library said: "received unknown_ca (48)"; empty without any.
[[nodiscard]] QString alertsText(const event::Refused& refused);
/// "protocol_version (70)", of the alert that was our answer; empty without one.
[[nodiscard]] QString sentAlertText(const event::Refused& refused);

} // namespace jackfield::ui
