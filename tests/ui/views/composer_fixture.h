#pragma once

#include "tests/ui/views/panel_fixture.h"
#include "ui/views/base64_field.h"
#include "ui/views/composer.h"
#include "ui/views/hex_field.h"
#include "ui/views/inline_notice.h"
#include "ui/views/payload_editor.h"

#include <QAction>
#include <QCheckBox>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

namespace jackfield::test {

/// A composer on a fake engine port, and its fields.
struct ComposerFixture : PanelFixture {
    ui::Composer composer{port, connections, target};
    ui::PayloadEditor* text = child<ui::PayloadEditor>(composer, "composer_text");
    ui::HexField* hex = child<ui::HexField>(composer, "composer_hex");
    ui::Base64Field* base64 = child<ui::Base64Field>(composer, "composer_base64");
    ui::PayloadEditor* ping = child<ui::PayloadEditor>(composer, "composer_ping");
    QPushButton* send = child<QPushButton>(composer, "composer_send");
    QLabel* info = child<QLabel>(composer, "composer_info");
    QCheckBox* pin = child<QCheckBox>(composer, "pin_target");
    ui::InlineNotice* notice = child<ui::InlineNotice>(composer, "composer_notice");

    ComposerFixture()
    {
        composer.resize(900, 200);
        composer.show();
    }
    void choose(const char* kind)
    {
        for (QAction* action : child<QMenu>(composer, "composer_kind_menu")->actions()) {
            if (action->text() == QLatin1String(kind))
                action->trigger();
        }
    }
    void chooseTarget(const char* name) { child<QAction>(composer, name)->trigger(); }
    void paste(const QByteArray& bytes) const
    {
        auto* mime = new QMimeData;
        mime->setData(QStringLiteral("text/plain;charset=utf-8"), bytes);
        QApplication::clipboard()->setMimeData(mime);
        text->paste();
    }
    /// Drops files on a field (the text without one), as a file manager would.
    void drop(const QStringList& paths, QWidget* field = nullptr) const
    {
        QMimeData mime;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls += QUrl::fromLocalFile(path);
        mime.setUrls(urls);
        QWidget* under = field ? field : text;
        if (auto* area = qobject_cast<QAbstractScrollArea*>(under))
            under = area->viewport();
        QDragEnterEvent enter(QPoint(4, 4), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(under, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(QPointF(4, 4), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(under, &dropped);
    }
    [[nodiscard]] QByteArray sentPayload() const
    {
        const auto* command = port.last<command::Send>();
        if (!command)
            return "nothing was sent";
        const std::string_view bytes = command->payload.text();
        return {bytes.data(), static_cast<qsizetype>(bytes.size())};
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers, QWidget* field = nullptr) const
    {
        QTest::keyClick(field ? field : text, key, modifiers);
    }
};

} // namespace jackfield::test
