#include "ui/views/spoken_name.h"

#include <QCoreApplication>

namespace jackfield::ui {

QString spokenName(const QByteArray& name)
{
    return QCoreApplication::translate("AccessibleName", name.constData());
}

} // namespace jackfield::ui
