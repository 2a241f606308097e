using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Notices;
using PhoneMasking.ProxyGateway.OptOuts;
using PhoneMasking.ProxyGateway.Sending;
using PhoneMasking.ProxyGateway.Status;
using PhoneMasking.ProxyGateway.Tests.World;
using PhoneMasking.ServiceDefaults.Telemetry;

namespace PhoneMasking.ProxyGateway.Tests.Status;

/// <summary>What a report costs the database.</summary>
public sealed class ReportStorageTests
{
    [Fact]
    public async Task Report_OnATextThatWasSent_TouchesNoIndexOfTheTexts()
    {
        await using var tables = await GatewayTables.CreateAsync();
        await tables.FillAsync(OutboundState.Sent, 400);
        var texts = new List<(Guid Id, string Sid)>();
        await using (var some = tables.Database.CreateCommand("SELECT id, provider_sid FROM gateway.outbound WHERE sequence % 10 = 0"))
        await using (var reader = await some.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                texts.Add((reader.GetGuid(0), reader.GetString(1)));
            }
        }

        await using (var writer = new StatusWriter(
            tables.Database,
            new(),
            new(),
            new OptOutRefusals(Options.Create(new NoticeOptions())),
            new ServiceTelemetry("test"),
            TimeProvider.System,
            NullLogger<StatusWriter>.Instance))
        {
            await Task.WhenAll(texts.Select(text => writer.StoreAsync(
                new StatusReport(new MessageId(text.Id), text.Sid, "delivered", null, "{}", DateTimeOffset.UtcNow),
                TestContext.Current.CancellationToken)));
        }

        Assert.Equal(40, await CountAsync("n_tup_upd"));
        Assert.Equal(40, await CountAsync("n_tup_hot_upd"));

        Task<long> CountAsync(string what) =>
            tables.CountAsync<long>($"SELECT {what} FROM pg_stat_user_tables WHERE relid = 'gateway.outbound'::regclass");
    }
}
