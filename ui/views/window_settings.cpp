#include "ui/views/window_settings.h"

#include <QFileInfo>
#include <QSettings>

namespace jackfield::ui {

namespace {

constexpr qint64 maxFileBytes = 1 << 20;

} // namespace

WindowSettings::WindowSettings(const QString& file)
{
    if (file.isEmpty())
        return;
    const QFileInfo info(file);
    if (info.exists() && (!info.isFile() || info.size() > maxFileBytes))
        return; // a folder, a FIFO, or nothing that we wrote
    m_settings = std::make_unique<QSettings>(file, QSettings::IniFormat);
    m_settings->setFallbacksEnabled(false);
}

WindowSettings::~WindowSettings() = default;

QByteArray WindowSettings::bytes(const char* key) const
{
    return m_settings ? m_settings->value(QLatin1String(key)).toByteArray() : QByteArray();
}

QString WindowSettings::text(const char* key) const
{
    return m_settings ? m_settings->value(QLatin1String(key)).toString().left(4'096) : QString();
}

bool WindowSettings::flag(const char* key, bool otherwise) const
{
    return m_settings ? m_settings->value(QLatin1String(key), otherwise).toBool() : otherwise;
}

void WindowSettings::setBytes(const char* key, const QByteArray& value)
{
    if (m_settings)
        m_settings->setValue(QLatin1String(key), value);
}

void WindowSettings::setText(const char* key, const QString& value)
{
    if (m_settings)
        m_settings->setValue(QLatin1String(key), value);
}

void WindowSettings::setFlag(const char* key, bool value)
{
    if (m_settings)
        m_settings->setValue(QLatin1String(key), value);
}

} // namespace jackfield::ui
