#include "office/download.hpp"

#include <atomic>
#include <fstream>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include <com/sun/star/io/IOException.hpp>
#include <com/sun/star/io/XOutputStream.hpp>
#include <com/sun/star/ucb/CommandFailedException.hpp>
#include <com/sun/star/ucb/InteractiveIOException.hpp>
#include <com/sun/star/ucb/InteractiveNetworkConnectException.hpp>
#include <com/sun/star/ucb/InteractiveNetworkReadException.hpp>
#include <com/sun/star/ucb/InteractiveNetworkResolveNameException.hpp>
#include <com/sun/star/ucb/OpenCommandArgument2.hpp>
#include <com/sun/star/ucb/OpenMode.hpp>
#include <com/sun/star/ucb/UniversalContentBroker.hpp>
#include <com/sun/star/ucb/XCommandEnvironment.hpp>
#include <com/sun/star/ucb/XCommandProcessor.hpp>
#include <cppuhelper/exc_hlp.hxx>
#include <cppuhelper/implbase1.hxx>
#include <rtl/ref.hxx>

#include "core/error.hpp"
#include "core/text.hpp"
#include "office/long_task.hpp"

namespace pacte::office {

namespace {

using namespace std::chrono_literals;

constexpr double megabyte = 1'000'000.0;

/// What the two threads share. It outlives the one that waits: a server that does
/// not answer holds the other one until the office gives it up.
struct Transfer {
    std::ofstream file;
    std::size_t most_bytes = 0;
    std::atomic<std::size_t> bytes{0};
    std::atomic<bool> cancelled{false};
    std::atomic<bool> too_big{false};
    std::atomic<bool> disk_full{false};
    std::atomic<bool> done{false};
    std::mutex mutex;
    std::string failure; ///< in a sentence, guarded by the mutex; empty: all was received
};

/// Takes what comes in, piece by piece.
class Sink final : public cppu::WeakImplHelper1<css::io::XOutputStream> {
public:
    explicit Sink(std::shared_ptr<Transfer> transfer) : transfer_(std::move(transfer)) {}

    void SAL_CALL writeBytes(const Sequence<sal_Int8>& bytes) override
    {
        const auto count = static_cast<std::size_t>(bytes.getLength());
        transfer_->too_big = transfer_->too_big || transfer_->bytes + count > transfer_->most_bytes;
        if (transfer_->cancelled || transfer_->too_big)
            throw css::io::IOException();
        transfer_->file.write(reinterpret_cast<const char*>(bytes.getConstArray()), bytes.getLength());
        transfer_->disk_full = !transfer_->file;
        if (transfer_->disk_full)
            throw css::io::IOException();
        transfer_->bytes += count;
    }
    void SAL_CALL flush() override {}
    void SAL_CALL closeOutput() override {}

private:
    std::shared_ptr<Transfer> transfer_;
};

/// Nobody to ask: what goes wrong is an exception.
class Environment final : public cppu::WeakImplHelper1<css::ucb::XCommandEnvironment> {
public:
    Reference<css::task::XInteractionHandler> SAL_CALL getInteractionHandler() override { return {}; }
    Reference<css::ucb::XProgressHandler> SAL_CALL getProgressHandler() override { return {}; }
};

/// The reason that the network layer gives, in words.
std::string words_of(const Any& caught)
{
    css::ucb::CommandFailedException failed;
    const Any& exception = (caught >>= failed) ? failed.Reason : caught;
    css::ucb::InteractiveNetworkResolveNameException unknown;
    css::ucb::InteractiveNetworkConnectException unreachable;
    css::ucb::InteractiveNetworkReadException cut;
    css::ucb::InteractiveIOException io;
    css::uno::Exception other;
    if (exception >>= unknown)
        return "le serveur « " + utf8(unknown.Server) +
               " » est inconnu. Vérifiez l'adresse, la connexion et le proxy (Outils > Options > Internet)";
    if (exception >>= unreachable)
        return "le serveur « " + utf8(unreachable.Server) +
               " » ne répond pas. Vérifiez la connexion et le proxy (Outils > Options > Internet)";
    if ((exception >>= io) && io.Code == css::ucb::IOErrorCode_NOT_EXISTING)
        return "le serveur n'a rien à cette adresse (404). Vérifiez l'année et le nom du fichier";
    if (exception >>= cut)
        return "la réponse du serveur s'est arrêtée avant la fin. Recommencez";
    const std::string reason = (exception >>= other) ? utf8(other.Message) : std::string();
    return "la réponse du serveur n'a pas pu être reçue en entier" +
           (reason.empty() ? std::string() : " (" + reason + ")") +
           ". Recommencez, ou téléchargez le fichier avec un navigateur puis importez-le";
}

void fetch(const Reference<css::uno::XComponentContext>& context, const std::string& address,
           const std::shared_ptr<Transfer>& transfer)
{
    std::string failure;
    try {
        const auto broker = css::ucb::UniversalContentBroker::create(context);
        const auto content = broker->queryContent(broker->createContentIdentifier(ustring(address)));
        if (!content.is())
            throw css::uno::RuntimeException("protocole inconnu");
        const Reference<css::ucb::XCommandProcessor> processor(content, UNO_QUERY_THROW);
        const rtl::Reference<Sink> sink(new Sink(transfer));
        css::ucb::OpenCommandArgument2 how;
        how.Mode = css::ucb::OpenMode::DOCUMENT;
        how.Sink.set(Reference<css::io::XOutputStream>(sink.get()), UNO_QUERY_THROW);
        css::ucb::Command open;
        open.Name = "open";
        open.Handle = -1;
        open.Argument <<= how;
        processor->execute(open, 0, new Environment);
    } catch (const css::uno::Exception&) {
        failure = words_of(cppu::getCaughtException());
    }
    transfer->file.close();
    const std::lock_guard lock(transfer->mutex);
    transfer->failure = failure;
    transfer->done = true;
}

/// Waits for the transfer, or for the user to give it up.
void wait(const std::shared_ptr<Transfer>& transfer, const TaskProgress& progress)
{
    while (!transfer->done) {
        // The size of the whole is not told: the bar fills up ever more slowly.
        const double received = static_cast<double>(transfer->bytes) / megabyte;
        if (!progress(received / (received + 20.0))) {
            transfer->cancelled = true;
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
}

} // namespace

TemporaryFile::TemporaryFile(const std::string& name)
{
    std::random_device chance;
    std::error_code error;
    for (int attempts = 0; attempts < 20; ++attempts) {
        folder_ = std::filesystem::temp_directory_path(error) / ("pacte-" + std::to_string(chance()));
        if (!error && std::filesystem::create_directory(folder_, error)) {
            std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, error);
            path_ = folder_ / name;
            return;
        }
    }
    throw Failure(Failure::Cause::bad_file,
                  "Le dossier temporaire de ce poste ne peut pas être écrit : libérez de la place, puis "
                  "recommencez.");
}

TemporaryFile::~TemporaryFile()
{
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void download(const Reference<css::uno::XComponentContext>& context,
              const Reference<css::frame::XFrame>& frame, Bilingual title, const std::string& address,
              const std::filesystem::path& file, std::size_t most_bytes)
{
    const auto fail = [&](const std::string& what) {
        throw Failure(Failure::Cause::bad_file,
                      "« " + address + " » ne peut pas être téléchargé : " + what + ".");
    };
    if (!address.starts_with("https://") && !address.starts_with("http://"))
        fail("ce n'est pas une adresse du réseau (https://…)");
    const auto transfer = std::make_shared<Transfer>();
    transfer->file.open(file, std::ios::binary);
    transfer->most_bytes = most_bytes;
    std::thread([context, address, transfer] { fetch(context, address, transfer); }).detach();
    run_long_task(context, frame, title, [&](const TaskProgress& progress) { wait(transfer, progress); });
    if (transfer->cancelled)
        throw Failure(Failure::Cause::cancelled, "Le téléchargement a été annulé.");
    if (transfer->too_big)
        fail("il dépasse " + french_number(static_cast<double>(most_bytes) / megabyte) +
             " Mo. Choisissez une version plus généralisée (100 m ou 1 000 m)");
    if (transfer->disk_full)
        fail("le dossier temporaire de ce poste est plein");
    const std::lock_guard lock(transfer->mutex);
    if (!transfer->failure.empty())
        fail(transfer->failure);
    if (transfer->bytes == 0)
        fail("la réponse du serveur est vide");
}

} // namespace pacte::office
