using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;
using PhoneMasking.Twilio;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Imports numbers when asked to. Idempotent: what exists is skipped.</summary>
internal sealed partial class ImportNumbersConsumer(
    NumberImport import,
    NumberingRegion region,
    ITwilioApi twilio,
    TwilioAccount account,
    ILogger<ImportNumbersConsumer> logger) : IConsumer<ImportNumbers>
{
    public async Task Consume(ConsumeContext<ImportNumbers> context)
    {
        var request = context.Message;
        if (Check(request) is { } refused)
        {
            await context.RespondAsync(refused);
            return;
        }

        var list = NumberList.Read(request.Text, request.Lifecycle, region);
        IReadOnlyDictionary<string, string>? owned = null;
        try
        {
            owned = request.Attach ? await FindOwnedAsync(context.CancellationToken) : null;
        }
        catch (TwilioApiException failure)
        {
            LogTwilioAway(failure.HttpStatus, failure.Code);
            await context.RespondAsync(NumberRefusals.TwilioAway());
            return;
        }

        var imported = await import.ImportAsync(request.OrganisationId, list, owned, context.CancellationToken);
        LogImported(imported.Imported, imported.Skipped, imported.Errors.Count);
        await context.RespondAsync(imported);
    }

    private async Task<Dictionary<string, string>> FindOwnedAsync(CancellationToken cancellationToken)
    {
        var owned = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var number in twilio.ListNumbersAsync(account, null, cancellationToken))
        {
            owned[number.PhoneNumber] = number.Sid;
        }

        return owned;
    }

    private static Refused? Check(ImportNumbers request)
    {
        if (request.Lifecycle is not (NumberLifecycle.Pool or NumberLifecycle.StandbyReserved))
        {
            return RequestRules.Invalid(
                "invalid-lifecycle", "Numbers are imported as Pool or StandbyReserved.", "lifecycle");
        }

        return string.IsNullOrWhiteSpace(request.Text) || !NumberList.Fits(request.Text)
            ? RequestRules.Invalid(
                "invalid-text", $"The text must hold numbers and be at most {NumberList.MaxBytes / 1024} KiB.", "text")
            : null;
    }

    [LoggerMessage(
        EventId = 1,
        Level = LogLevel.Information,
        Message = "Numbers imported: {Imported} new, {Skipped} there already, {Refused} refused")]
    private partial void LogImported(int imported, int skipped, int refused);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "The account's numbers could not be read for an import: HTTP {Status}, Twilio code {ErrorCode}")]
    private partial void LogTwilioAway(int? status, int? errorCode);
}

internal sealed class ImportNumbersConsumerDefinition()
    : ServiceConsumerDefinition<ImportNumbersConsumer>("number-service.import-numbers", concurrency: 2);
