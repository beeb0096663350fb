// Unmasking and checking text, for each kind of loop that this processor can run: gigabytes a second of CPU
// time, and the ratio to the plain loop.

#include "base/text_kernels.h"

#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

using namespace jackfield;

namespace {

constexpr TextKernels::Key key = {std::byte{0x37}, std::byte{0xfa}, std::byte{0x21}, std::byte{0x3d}};

double cpu_seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& unit, std::size_t size)
{
    std::string text;
    while (text.size() + unit.size() <= size)
        text += unit;
    return text + std::string(size - text.size(), ' ');
}

/// Bytes a second, in thousands of millions.
double measure(const TextKernels& kernels, const std::string& text)
{
    std::string data = text;
    const auto bytes = std::as_writable_bytes(std::span(data));
    kernels.unmask(bytes, key); // masked: each round masks what the round before unmasked
    std::size_t done = 0;
    const double begun = cpu_seconds();
    double spent = 0;
    do {
        for (int i = 0; i < 16; ++i) {
            if (!kernels.unmask_and_check(bytes, key))
                return 0;
            kernels.unmask(bytes, key);
            done += bytes.size();
        }
        spent = cpu_seconds() - begun;
    } while (spent < 0.25);
    return static_cast<double>(done) / spent / 1e9;
}

} // namespace

int main()
{
    const struct {
        const char* name;
        std::string unit;
    } texts[] = {{"ASCII", R"({"type":"price","bid":101.25})"}, {"German", "Grüße aus Köln, schöne Straße "},
        {"Japanese", "世界の皆さん、こんにちは"}, {"emoji", "\U0001F600\U0001F680 ok "}};
    std::printf("unmask and check, then mask again; GB/s (of the plain loop)\n%-10s %8s", "", "bytes");
    for (const TextKernels* kernels : all_text_kernels())
        std::printf("  %14s", kernels->name.data());
    std::printf("\n");
    for (const auto& text : texts) {
        for (const std::size_t size : {std::size_t{128}, std::size_t{4'096}, std::size_t{1} << 20U}) {
            std::printf("%-10s %8zu", text.name, size);
            double plain = 0;
            for (const TextKernels* kernels : all_text_kernels()) {
                const double rate = measure(*kernels, repeated(text.unit, size));
                if (plain == 0)
                    plain = rate;
                std::printf("  %6.2f (%5.2f)", rate, rate / plain);
            }
            std::printf("\n");
        }
    }
    return 0;
}
