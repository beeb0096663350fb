#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

class QSettings;

namespace jackfield::ui {

/// How the window looked when it was last closed: geometry, columns, theme, filters. An INI file in the
/// folder of the settings that holds nothing that matters: whatever it contains, the window opens. Without a
/// file it remembers nothing.
class WindowSettings {
public:
    /// `file` may be empty.
    explicit WindowSettings(const QString& file);
    ~WindowSettings();
    WindowSettings(const WindowSettings&) = delete;
    WindowSettings& operator=(const WindowSettings&) = delete;

    [[nodiscard]] QByteArray bytes(const char* key) const;
    [[nodiscard]] QString text(const char* key) const; ///< at most 4,096 characters
    [[nodiscard]] bool flag(const char* key, bool otherwise) const;
    void setBytes(const char* key, const QByteArray& value);
    void setText(const char* key, const QString& value);
    void setFlag(const char* key, bool value);

private:
    std::unique_ptr<QSettings> m_settings;
};

} // namespace jackfield::ui
