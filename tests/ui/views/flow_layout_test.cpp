#include "ui/views/flow_layout.h"

#include <QTest>
#include <QWidget>

using jackfield::ui::FlowLayout;

class FlowLayoutTest : public QObject {
    Q_OBJECT

    struct Fixture {
        QWidget window;
        FlowLayout* layout = new FlowLayout(6, &window);
        std::vector<QWidget*> boxes;
        explicit Fixture(std::initializer_list<int> widths)
        {
            for (const int width : widths) {
                auto* box = new QWidget(&window);
                box->setFixedSize(width, 20);
                layout->addWidget(box);
                boxes.push_back(box);
            }
        }
        void showAt(int width)
        {
            window.resize(width, 200);
            window.show();
            layout->activate();
        }
    };

private Q_SLOTS:
    void a_line_that_fits_stays_one()
    {
        Fixture f{100, 50, 30};
        f.showAt(192);
        QCOMPARE(f.boxes[0]->pos(), QPoint(0, 0));
        QCOMPARE(f.boxes[1]->pos(), QPoint(106, 0));
        QCOMPARE(f.boxes[2]->pos(), QPoint(162, 0));
        QCOMPARE(f.layout->heightForWidth(192), 20);
        QCOMPARE(f.layout->sizeHint(), QSize(192, 20));
    }

    void what_does_not_fit_goes_to_the_next_line()
    {
        Fixture f{100, 50, 30};
        f.showAt(191);
        QCOMPARE(f.boxes[1]->pos(), QPoint(106, 0));
        QCOMPARE(f.boxes[2]->pos(), QPoint(0, 26));
        QCOMPARE(f.layout->heightForWidth(191), 46);
        QCOMPARE(f.layout->heightForWidth(100), 46);
        QCOMPARE(f.layout->heightForWidth(60), 72);
    }

    void the_widest_item_is_its_least_width()
    {
        Fixture f{100, 50, 130};
        QCOMPARE(f.layout->minimumSize(), QSize(130, 20));
    }

    void a_hidden_item_takes_no_room()
    {
        Fixture f{100, 50, 30};
        f.boxes[0]->hide();
        f.showAt(100);
        QCOMPARE(f.boxes[1]->pos(), QPoint(0, 0));
        QCOMPARE(f.layout->heightForWidth(86), 20);
        QCOMPARE(f.layout->sizeHint(), QSize(86, 20));
    }

    void a_taken_item_is_gone()
    {
        Fixture f{100, 50};
        delete f.layout->takeAt(0);
        QCOMPARE(f.layout->count(), 1);
        QCOMPARE(f.layout->takeAt(1), nullptr);
        QCOMPARE(f.layout->itemAt(-1), nullptr);
        QCOMPARE(f.layout->sizeHint(), QSize(50, 20));
    }
};

QTEST_MAIN(FlowLayoutTest)
#include "flow_layout_test.moc"
