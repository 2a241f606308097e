using System.Diagnostics;
using PhoneMasking.AppHost.Local;
using PhoneMasking.EndToEnd.Driving;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Webhooks;

/// <summary>
/// Three megabytes where 64 KiB are the most, announced or in chunks: refused before they are read, and never held.
/// </summary>
public sealed class When_a_body_is_too_large(ProductSystem product)
{
    private const int ThreeMegabytes = 3_000_000;

    private const int BeyondTheLimit = 80 * 1024;

    private const int Posts = 200;
    private const int AtATime = 20;
    private const long MostGrowth = 100 * 1024 * 1024;

    private static readonly (string Path, string Headers) Text = (Webhook.Path, "Content-Type: application/x-www-form-urlencoded\r\n");

    private static readonly (string Path, string Headers) Client =
        ("/v1/clients", $"Content-Type: application/json\r\nAuthorization: Bearer {ServiceSettings.DevelopmentKey}\r\n");

    private ServiceProcess Gateway => product.Gateways[0];

    [Theory]
    [InlineData("webhook")]
    [InlineData("API")]
    public async Task Should_answer_413_before_it_has_come(string door)
    {
        var head = door == "API" ? Client : Text;
        var before = await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.inbound");

        // Not a byte of what was announced; of what was not, no more than tells that it is too much, and never the end.
        Assert.Equal(413, await RawPost.SendAsync(Gateway.Address!, head, ThreeMegabytes, sent: 0));
        Assert.Equal(413, await ChunkedAsync(head, afterwards: 0));

        Assert.Equal(before, await Until.ReadAsync<long>(product, "SELECT count(*) FROM gateway.inbound"));
    }

    [Theory]
    [InlineData("webhook")]
    [InlineData("API")]
    public async Task Should_not_grow_when_many_come_at_once(string door)
    {
        var head = door == "API" ? Client : Text;
        await PostManyAsync(head, AtATime);
        var before = WorkingSet();

        await PostManyAsync(head, Posts);

        var growth = WorkingSet() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{door}: {before / 1024 / 1024} MB, {growth / 1024 / 1024} MB more at the end");
        Assert.InRange(growth, long.MinValue, MostGrowth);
    }

    private Task PostManyAsync((string Path, string Headers) head, int count) => Parallel.ForAsync(
        0,
        count,
        new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
        async (index, _) => Assert.Equal(
            413,
            index % 2 == 0
                ? await RawPost.SendAsync(Gateway.Address!, head, ThreeMegabytes, sent: 0, ThreeMegabytes)
                : await ChunkedAsync(head, ThreeMegabytes)));

    // Even so the answer can be lost: the connection is closed with some of it unread. Who is cut off asks again.
    private async Task<int> ChunkedAsync((string Path, string Headers) head, int afterwards)
    {
        const int MaxCutOff = 20;
        for (var cutOff = 0; cutOff < MaxCutOff; cutOff++)
        {
            if (await RawPost.SendAsync(Gateway.Address!, head, null, BeyondTheLimit, afterwards) is not 0 and var status)
            {
                return status;
            }
        }

        return 0;
    }

    private long WorkingSet()
    {
        using var process = Process.GetProcessById(Gateway.ProcessId);
        return process.WorkingSet64;
    }
}
