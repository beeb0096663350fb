#pragma once

#include "ui/models/tls_state.h"

#include <QObject>

#include <string>
#include <vector>

namespace jackfield::ui {

/// What can be asked for.
enum class TlsRequest {
    enable,
    renew,
    useOwn,
    usePassphrase,
    disable,
    exportAuthority,
    trust,
    untrust,
    lookUp,
};

/// What became of a request.
struct TlsOutcome {
    TlsRequest request = TlsRequest::lookUp;
    std::string error; ///< one sentence of ours; empty: done
    bool isPassphraseMissing = false; ///< of useOwn: ask for it and ask again
    bool isPassphraseWrong = false; ///< of useOwn and usePassphrase
    /// Sentences for each place that was to be changed, or of what was renewed.
    std::vector<std::string> details;
    bool hasTrouble = false; ///< some of `details` say that something was not done
};

/// TLS as the window sees it: the state that a service of the program publishes, and the requests that it
/// makes of it. Without a service nothing is connected, and nothing of it is shown. Every request is answered
/// with one `finish`; while one runs no other is made but lookUp.
class TlsModel : public QObject {
    Q_OBJECT
public:
    explicit TlsModel(QObject* parent = nullptr);
    ~TlsModel() override;

    [[nodiscard]] const TlsState& state() const { return m_state; }
    void setState(TlsState state);
    /// The files of the person's own certificate that were asked for last, whether they serve or not.
    struct OwnFiles {
        std::string chainPath, keyPath; ///< empty: none
    };
    [[nodiscard]] const OwnFiles& ownFiles() const { return m_ownFiles; }
    [[nodiscard]] bool isBusy() const { return m_isRunning; }

    /// Requests. Each does nothing while another one runs; the texts are as a person typed or chose them.
    void enable(const std::vector<std::string>& names);
    void renew(const std::vector<std::string>& names);
    /// `passphrase`: empty for none.
    void useOwn(const std::string& chainPath, const std::string& keyPath, const std::string& passphrase);
    void usePassphrase(const std::string& passphrase);
    void disable();
    void exportAuthority(const std::string& path);
    /// Where trust is to be: the places with these paths; empty for wherever it can be done.
    void trust(const std::vector<std::string>& paths);
    void untrust(const std::vector<std::string>& paths);
    void lookUp();

    /// Ends the request that runs.
    void finish(const TlsOutcome& outcome);

Q_SIGNALS:
    void changed();
    /// A request begins or has ended.
    void busyChanged();
    void finished(const jackfield::ui::TlsOutcome& outcome);
    void enableRequested(const std::vector<std::string>& names);
    void renewRequested(const std::vector<std::string>& names);
    void useOwnRequested(
        const std::string& chainPath, const std::string& keyPath, const std::string& passphrase);
    void usePassphraseRequested(const std::string& passphrase);
    void disableRequested();
    void exportRequested(const std::string& path);
    void trustRequested(const std::vector<std::string>& paths);
    void untrustRequested(const std::vector<std::string>& paths);
    void lookUpRequested();

private:
    [[nodiscard]] bool begin();

    TlsState m_state;
    OwnFiles m_ownFiles;
    bool m_isRunning = false;
    bool m_lookingUp = false;
};

/// The names that a person typed into one line, split at blanks and commas, each in its one form and once.
/// `problem`: what is wrong with the first that is none; empty: all is well.
struct TypedNames {
    std::vector<std::string> names;
    std::string problem;
};
[[nodiscard]] TypedNames namesTyped(const std::string& text);

} // namespace jackfield::ui
