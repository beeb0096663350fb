#include "app/terminal/line_editor.h"

#include "app/terminal/line_history.h"
#include "app/terminal/screen.h"
#include "app/terminal/terminal_modes.h"
#include "app/terminal/text_table.h"

#include "jackfield/character.h"
#include "jackfield/escape.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <histedit.h>
#include <unistd.h>

namespace jackfield::app {
namespace {

constexpr const char* prompt = "jackfield> ";
constexpr std::size_t prompt_width = 11;
constexpr std::size_t most_shown = 60; // of what a word can become

/// The character that `bytes` begin with; length 0 where more of it has to come. What is no UTF-8 is U+FFFD.
struct TypedCharacter {
    std::size_t length = 0;
    wchar_t value = 0;
};
TypedCharacter typed_character(std::string_view bytes)
{
    const auto lead = static_cast<unsigned char>(bytes.front());
    if (lead < 0x80)
        return {1, static_cast<wchar_t>(lead)};
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    for (std::size_t i = 1; i < length; ++i) {
        if (i == bytes.size())
            return {};
        if ((static_cast<unsigned char>(bytes[i]) & 0xc0U) != 0x80U)
            return {i, L'\xfffd'};
    }
    const Character character = first_character(bytes.substr(0, length));
    return {length, character.length == 0 ? L'\xfffd' : static_cast<wchar_t>(character.code)};
}

std::string utf8(const wchar_t* begin, const wchar_t* end)
{
    std::string text;
    for (; begin != end; ++begin)
        append_character(text, static_cast<char32_t>(*begin));
    return text;
}

std::wstring wide(std::string_view text)
{
    std::wstring out;
    while (!text.empty()) {
        const TypedCharacter character = typed_character(text);
        if (character.length == 0)
            break;
        out += character.value;
        text.remove_prefix(character.length);
    }
    return out;
}

std::size_t width_of(wchar_t character)
{
    if (character < 0x20 || character == 0x7f)
        return 2; // ^X
    const int width = ::wcwidth(character);
    return width < 0 ? 8 : static_cast<std::size_t>(width); // \U+XXXX
}

} // namespace

class LineEditor::Library {
public:
    explicit Library(LineEditor& editor)
        : editor_(editor)
        , history_(::history_init())
        // The library writes through a stream of ours: on the terminal itself it would wait.
        , out_(::fopencookie(this, "w", {nullptr, &Library::write, nullptr, nullptr}))
        , edit_(::el_init_fd(
              "jackfield-terminal", stdin, out_, stderr, STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO))
    {
        HistEvent event{};
        ::history(history_, &event, H_SETSIZE, static_cast<int>(longest_history));
        ::history(history_, &event, H_SETUNIQUE, 1);
        ::el_set(edit_, EL_CLIENTDATA, this);
        ::el_set(edit_, EL_SIGNAL, 0);
        ::el_set(edit_, EL_PROMPT, &Library::show_prompt);
        ::el_set(edit_, EL_EDITOR, "emacs");
        ::el_set(edit_, EL_HIST, ::history, history_);
        ::el_set(edit_, EL_GETCFN, &Library::get_character);
        ::el_set(edit_, EL_ADDFN, "jackfield-complete", "Complete the word", &Library::complete);
        ::el_set(edit_, EL_BIND, "^I", "jackfield-complete", nullptr);
        ::el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
        ::el_set(edit_, EL_BIND, "\\e[1;5C", "em-next-word", nullptr);
        ::el_set(edit_, EL_BIND, "\\e[1;5D", "ed-prev-word", nullptr);
        ::el_set(edit_, EL_BIND, "\\e[3~", "ed-delete-next-char", nullptr);
        ::el_source(edit_, nullptr); // what the person has in ~/.editrc
    }
    ~Library()
    {
        ::el_end(edit_);
        ::history_end(history_);
        std::fclose(out_);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;

    void remember(const std::string& line)
    {
        HistEvent event{};
        ::history(history_, &event, H_ENTER, line.c_str());
    }
    [[nodiscard]] EditLine* edit() const { return edit_; }
    /// What the library has written goes on its way.
    void flush() { std::fflush(out_); }

private:
    static ssize_t write(void* library, const char* bytes, std::size_t count)
    {
        static_cast<Library*>(library)->editor_.world_.write({bytes, count});
        return static_cast<ssize_t>(count);
    }
    static Library& of(EditLine* edit)
    {
        void* library = nullptr;
        ::el_get(edit, EL_CLIENTDATA, &library);
        return *static_cast<Library*>(library);
    }
    static char* show_prompt(EditLine* /*edit*/)
    {
        static std::string text = prompt;
        return text.data();
    }
    static int get_character(EditLine* edit, wchar_t* character)
    {
        return of(edit).editor_.read_character(*character);
    }
    static unsigned char complete(EditLine* edit, int /*key*/)
    {
        of(edit).editor_.complete();
        return CC_REFRESH;
    }

    LineEditor& editor_;
    History* history_;
    std::FILE* out_;
    EditLine* edit_;
};

LineEditor::LineEditor(World world, const std::vector<std::string>& history)
    : world_(std::move(world))
{
    keep_terminal_modes();
    library_ = std::make_unique<Library>(*this);
    for (const std::string& line : history)
        library_->remember(line);
}

LineEditor::~LineEditor()
{
    library_.reset();
    restore_terminal_modes();
}

bool LineEditor::is_possible()
{
    const char* const name = std::getenv("TERM");
    return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0 && name != nullptr && *name != '\0'
        && std::string_view(name) != "dumb";
}

LineEditor::End LineEditor::read_line(std::string& line)
{
    end_.reset();
    int count = 0;
    is_reading_ = true;
    if (!is_away_)
        ::el_set(library_->edit(), EL_PREP_TERM,
            1); // before the prompt shows: what is typed at once is not shown twice
    const wchar_t* const typed = ::el_wgets(library_->edit(), &count);
    is_reading_ = false;
    if (typed == nullptr) {
        if (!end_)
            write("\r\x1b[J"); // the prompt that got no line
        return end_.value_or(End::end_of_input);
    }
    line = utf8(typed, typed + count);
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.pop_back();
    const bool is_blank = line.find_first_not_of(" \t") == std::string::npos;
    if (!is_blank && !line.starts_with(' ') && line.size() <= longest_history_line) {
        library_->remember(line);
        entered_.push_back(line);
    }
    return End::line;
}

/// 1: there is one; -1: the line has to end.
int LineEditor::read_character(wchar_t& character)
{
    while (true) {
        if (end_) {
            erase();
            errno = 0;
            return -1;
        }
        if (!bytes_.empty()) {
            if (const TypedCharacter first = typed_character(bytes_); first.length > 0) {
                bytes_.erase(0, first.length);
                character = first.value;
                return 1;
            }
        }
        switch (world_.wait()) {
        case Wait::go_on:
            break;
        case Wait::leave:
            if (!end_)
                end_ = End::left;
            break;
        case Wait::input: {
            std::array<char, 4'096> read{};
            const ssize_t got = ::read(STDIN_FILENO, read.data(), read.size());
            if (got > 0)
                bytes_.append(read.data(), static_cast<std::size_t>(got));
            else if (got == 0 || (errno != EINTR && errno != EAGAIN))
                end_ = End::end_of_input;
            break;
        }
        }
    }
}

/// Behind what the library has written.
void LineEditor::write(std::string_view bytes)
{
    library_->flush();
    world_.write(bytes);
}

void LineEditor::complete()
{
    const LineInfoW* const info = ::el_wline(library_->edit());
    const std::string before = utf8(info->buffer, info->cursor);
    const Completion completion = world_.complete(before);
    const std::string typed = before.substr(completion.start);
    if (completion.words.empty()) {
        write("\a");
        return;
    }
    std::string insertion = completion.common();
    if (completion.words.size() == 1 && !insertion.ends_with(':'))
        insertion += ' ';
    if (insertion.size() > typed.size() || (completion.words.size() == 1 && insertion != typed)) {
        ::el_deletestr(library_->edit(), static_cast<int>(wide(typed).size()));
        ::el_winsertstr(library_->edit(), wide(insertion).c_str());
        return;
    }
    if (completion.words.size() == 1)
        return;
    print(in_columns(completion.words, most_shown, terminal_columns()));
}

std::size_t LineEditor::cursor_row() const
{
    const std::size_t columns = std::max<std::size_t>(terminal_columns(), 1);
    const LineInfoW* const info = ::el_wline(library_->edit());
    std::size_t row = prompt_width / columns;
    std::size_t column = prompt_width % columns;
    for (const wchar_t* c = info->buffer; c != info->cursor; ++c) {
        if (*c == L'\n') {
            ++row;
            column = 0;
            continue;
        }
        const std::size_t width = width_of(*c);
        if (width == 2 && *c >= 0x20 && column + width > columns) { // a wide character is not split
            ++row;
            column = 0;
        }
        column += width;
        row += column / columns;
        column %= columns;
    }
    return row;
}

void LineEditor::erase()
{
    if (is_away_)
        return;
    const std::size_t row = cursor_row();
    write(row == 0 ? "\r\x1b[J" : "\r\x1b[" + std::to_string(row) + "A\x1b[J");
}

void LineEditor::print(std::string_view lines)
{
    const bool is_shown = is_reading_ && !is_away_;
    if (is_shown)
        erase();
    write(lines);
    if (is_shown && !end_)
        ::el_set(library_->edit(), EL_REFRESH);
}

bool LineEditor::is_empty() const
{
    if (!is_reading_)
        return true;
    const LineInfoW* const info = ::el_wline(library_->edit());
    return info->buffer == info->lastchar;
}

void LineEditor::clear()
{
    bytes_.clear();
    if (is_reading_)
        end_ = End::cleared;
}

void LineEditor::resize()
{
    if (is_away_)
        return;
    ::el_resize(library_->edit());
    if (is_reading_) {
        erase();
        ::el_set(library_->edit(), EL_REFRESH);
    }
}

void LineEditor::leave_terminal()
{
    if (is_away_)
        return;
    if (is_reading_)
        erase();
    ::el_set(library_->edit(), EL_PREP_TERM, 0);
    is_away_ = true;
}

void LineEditor::return_to_terminal()
{
    if (!is_away_)
        return;
    is_away_ = false;
    ::el_resize(library_->edit());
    if (is_reading_) {
        ::el_set(library_->edit(), EL_PREP_TERM, 1);
        ::el_set(library_->edit(), EL_REFRESH);
    }
}

} // namespace jackfield::app
