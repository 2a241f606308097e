using MassTransit;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging;
using PhoneMasking.ServiceDefaults.Requests;

namespace PhoneMasking.NumberService.Inventory;

/// <summary>Imports numbers when asked to. Idempotent: what exists is skipped.</summary>
internal sealed partial class ImportNumbersConsumer(
    NumberImport import,
    NumberingRegion region,
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
        var imported = await import.ImportAsync(request.OrganisationId, list, context.CancellationToken);
        LogImported(imported.Imported, imported.Skipped, imported.Errors.Count);
        await context.RespondAsync(imported);
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
}

internal sealed class ImportNumbersConsumerDefinition()
    : ServiceConsumerDefinition<ImportNumbersConsumer>("number-service.import-numbers", concurrency: 2);
