#include "ui/text/language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include <algorithm>

// Resources of a static library are there once somebody asks for them, outside of any namespace.
static void initTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace jackfield::ui {

namespace {

bool isKnown(const QString& code)
{
    return std::any_of(languages().begin(), languages().end(),
        [&](const Language& language) { return language.code == code; });
}

/// What the language in force installed, to be taken out again.
std::vector<QTranslator*>& installed()
{
    static std::vector<QTranslator*> all;
    return all;
}

/// `name` is a file of the translations without its suffix. Qt's own are there only where the build found
/// them, and Qt's English needs none.
void install(const QString& name)
{
    auto* translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(QStringLiteral(":/i18n/%1.qm").arg(name))) {
        QCoreApplication::installTranslator(translator);
        installed().push_back(translator);
    } else {
        delete translator;
    }
}

} // namespace

const std::vector<Language>& languages()
{
    static const std::vector<Language> all{
        {QStringLiteral("en"), QStringLiteral("English")}, {QStringLiteral("de"), QStringLiteral("Deutsch")}};
    return all;
}

QString systemLanguage()
{
    const QStringList wanted = QLocale::system().uiLanguages();
    for (const QString& tag : wanted) {
        const QString code = tag.section(u'-', 0, 0);
        if (isKnown(code))
            return code;
    }
    return languages().front().code;
}

QString speak(const QString& code)
{
    const QString spoken = isKnown(code) ? code : systemLanguage();
    initTranslations();
    for (QTranslator* translator : installed())
        delete translator; // which takes it out
    installed().clear();
    QLocale::setDefault(QLocale(spoken));
    install(QStringLiteral("qtbase_") + spoken);
    install(QStringLiteral("jackfield_") + spoken);
    return spoken;
}

} // namespace jackfield::ui
