// The public functions of CaresDriver. The code that runs checks is in impl.cpp, and the code that
// asks name servers is in asker.cpp.

#include "spf/driver/cares.hpp"

#include <array>
#include <cstdint>
#include <tuple>
#include <utility>

#include <unistd.h>

#include "base/code_table.hpp"
#include "driver/impl.hpp"
#include "driver/mail.hpp"

namespace spf {
namespace {

using Code = CaresError::Code;

using Entry = CodeEntry<Code>;

constexpr std::array<Entry, CaresError::code_count> entries{{
    {Code::no_random_numbers, "no_random_numbers", "the kernel has no random numbers to give"},
}};
static_assert(is_in_order_of_codes(entries), "one line for each code, in the order of the enum");

}  // namespace

std::string_view CaresError::message() const noexcept { return row_of(entries, code).message; }
std::string_view CaresError::message(const Language& language) const { return language(message()); }
std::string_view to_string(CaresError::Code code) noexcept { return row_of(entries, code).name; }

Expected<CaresDriver, CaresError> CaresDriver::make(CaresOptions options) {
    std::uint16_t number = 0;
    if (::getentropy(&number, sizeof number) != 0) {
        return CaresError{Code::no_random_numbers};
    }
    return CaresDriver{std::make_unique<Impl>(std::move(options))};
}

CaresDriver::CaresDriver(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
CaresDriver::CaresDriver(CaresDriver&&) noexcept = default;
CaresDriver& CaresDriver::operator=(CaresDriver&&) noexcept = default;
CaresDriver::~CaresDriver() = default;

Options CaresDriver::default_options() {
    Options options;
    options.hints = true;
    return options;
}

CaresDriver::Ticket CaresDriver::submit(const Request& request, Callback callback,
                                        const Options& options) {
    Ticket ticket;
    std::tie(ticket.index_, ticket.number_) = impl_->submit(request, std::move(callback), options);
    return ticket;
}

CaresDriver::MailTicket CaresDriver::submit_mail(const Client& client,
                                                 std::string_view reverse_path,
                                                 MailCallback callback, const Options& options) {
    DecisionCallback decided;
    if (callback) {
        decided = [callback = std::move(callback)](const receiver::Decision& decision) {
            callback(decision.mail);
        };
    }
    return submit_reception({.client = client, .reverse_path = reverse_path},
                            cares_adapter::check_every_message(), std::move(decided), options);
}

CaresDriver::MailTicket CaresDriver::submit_reception(const receiver::Session& session,
                                                      const receiver::ReceiverPolicy& policy,
                                                      DecisionCallback callback,
                                                      const Options& options) {
    MailTicket ticket;
    std::tie(ticket.index_, ticket.number_) =
        impl_->submit_mail(session, policy, std::move(callback), options);
    return ticket;
}

CaresDriver::Ticket CaresDriver::submit_question(const dns::Question& question,
                                                 AnswerCallback callback) {
    Ticket ticket;
    std::tie(ticket.index_, ticket.number_) = impl_->submit_question(question, std::move(callback));
    return ticket;
}

bool CaresDriver::cancel(const MailTicket& ticket) {
    return impl_->cancel_mail({ticket.index_, ticket.number_});
}

bool CaresDriver::cancel(Ticket ticket) { return impl_->cancel({ticket.index_, ticket.number_}); }

std::size_t CaresDriver::in_flight() const noexcept { return impl_->in_flight(); }
std::size_t CaresDriver::outstanding() const noexcept { return impl_->asker().outstanding(); }
std::size_t CaresDriver::queued() const noexcept { return impl_->queued(); }
CaresStatistics CaresDriver::statistics() const noexcept { return impl_->statistics(); }
const std::vector<dns::NameServer>& CaresDriver::servers() const noexcept {
    return impl_->asker().options().servers;
}

std::span<const SocketWatch> CaresDriver::watches() const noexcept {
    return impl_->asker().watches().all();
}
void CaresDriver::on_watch_change(WatchCallback callback) {
    impl_->asker().watches().on_change(std::move(callback));
}
std::optional<std::chrono::milliseconds> CaresDriver::next_timeout() const {
    return impl_->next_timeout();
}
void CaresDriver::process(int fd, bool readable, bool writable) {
    impl_->process(fd, readable, writable);
}
void CaresDriver::process_timeouts() { impl_->process_timeouts(); }

void CaresDriver::poll(std::optional<std::chrono::milliseconds> longest) { impl_->poll(longest); }
void CaresDriver::run() { impl_->run(); }

}  // namespace spf
