#pragma once

#include <QByteArray>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <vector>

/// What the architecture tests read: the project's own sources, as text.
namespace source_tree {

struct SourceFile {
    QString path; ///< below the project's folder
    QString text;

    /// The folder that has a row of its own in the arrow table: the first two parts of the path
    /// ("engine/net"), one for tests.
    [[nodiscard]] QString folder() const
    {
        const QStringList parts = path.split(QLatin1Char('/'));
        if (parts.size() < 2 || parts.first() == QLatin1String("tests"))
            return parts.first();
        return parts.size() == 2 ? parts.first() : parts.mid(0, 2).join(QLatin1Char('/'));
    }
};

inline QString root()
{
    return QStringLiteral(JACKFIELD_SOURCE_DIR);
}

inline QString read(const QString& path)
{
    QFile file(root() + QLatin1Char('/') + path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll());
}

/// Every C++ file of the given top-level folders, in the order of their paths.
inline std::vector<SourceFile> sources(const QStringList& folders)
{
    std::vector<SourceFile> files;
    for (const QString& folder : folders) {
        QDirIterator walk(root() + QLatin1Char('/') + folder,
            {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = QDir(root()).relativeFilePath(walk.next());
            if (!path.contains(QLatin1String("/node_modules/")))
                files.push_back({path, read(path)});
        }
    }
    std::sort(
        files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

/// `text` with comments blanked out; what stands in string and character literals stays. Line ends stay where
/// they were.
inline QString without_comments(const QString& text)
{
    QString out = text;
    enum { code, line_comment, block_comment, string, character } state = code;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
        switch (state) {
        case code:
            if (c == u'"')
                state = string;
            else if (c == u'\'' && !(i > 0 && text[i - 1].isDigit()))
                state = character;
            else if (c == u'/' && (next == u'/' || next == u'*')) {
                state = next == u'/' ? line_comment : block_comment;
                out[i] = u' ';
                out[++i] = u' ';
            }
            break;
        case string:
        case character:
            if (c == u'\\')
                ++i;
            else if (c == (state == string ? u'"' : u'\''))
                state = code;
            break;
        case line_comment:
            if (c == u'\n')
                state = code;
            else
                out[i] = u' ';
            break;
        case block_comment:
            if (c == u'*' && next == u'/') {
                state = code;
                out[i] = u' ';
                out[++i] = u' ';
            } else if (c != u'\n') {
                out[i] = u' ';
            }
            break;
        }
    }
    return out;
}

inline int line_of(const QString& text, qsizetype offset)
{
    return static_cast<int>(text.left(offset).count(QLatin1Char('\n'))) + 1;
}

} // namespace source_tree
