/// \file replay.cpp  Runs a fuzz target on files, without a fuzzer. It can be built with any
/// compiler, and every CTest run includes it.
///
/// replay_<target> PATH... Each PATH is a file, or a folder whose files are read in the order of
/// their names. A folder that does not exist is treated as empty. Each input is passed in a heap
/// block of exactly its size, so that AddressSanitizer detects a read beyond its end. The name of
/// the input is printed before the run, so if the target aborts, the last line names the input. The
/// empty input is always tested.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

/// Returns the files that an argument of the command line refers to.
std::vector<fs::path> files_of(const fs::path& path) {
    if (!fs::is_directory(path)) {
        return fs::exists(path) ? std::vector<fs::path>{path} : std::vector<fs::path>{};
    }
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void run(const std::string& name, const std::string& content) {
    std::printf("%s\n", name.c_str());
    std::fflush(stdout);
    const auto block = std::make_unique<std::uint8_t[]>(content.size());
    std::copy(content.begin(), content.end(), block.get());
    LLVMFuzzerTestOneInput(block.get(), content.size());
}

}  // namespace

int main(int argc, char** argv) {
    run("(empty input)", "");
    std::size_t count = 1;
    for (int i = 1; i < argc; ++i) {
        for (const fs::path& file : files_of(argv[i])) {
            std::ifstream stream(file, std::ios::binary);
            const std::string content{std::istreambuf_iterator<char>(stream), {}};
            if (!stream) {
                std::fprintf(stderr, "cannot read %s\n", file.c_str());
                return 1;
            }
            run(file.string(), content);
            ++count;
        }
    }
    std::printf("%zu inputs replayed\n", count);
    return 0;
}
