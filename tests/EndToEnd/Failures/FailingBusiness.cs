using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Numbers;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Failures;

/// <summary>A sitter in touch with clients, each in a thread of its own, whose phones Twilio cannot reach when told so.</summary>
internal sealed class FailingBusiness : IDisposable
{
    private readonly ProductSystem _product;
    private readonly Business _business;
    private readonly SitterView _sitter;

    private FailingBusiness(ProductSystem product, Business business, SitterView sitter, IReadOnlyList<Thread> threads) =>
        (_product, _business, _sitter, Threads) = (product, business, sitter, threads);

    /// <summary>The clients, and the pool number that stands for each on the sitter's phone.</summary>
    public IReadOnlyList<Thread> Threads { get; }

    public string SittersName => _sitter.Name;

    public OrganisationId Id => _business.Id;

    /// <summary>Opens a business in which every client has texted the sitter.</summary>
    public static async Task<FailingBusiness> OpenAsync(ProductSystem product, int clients)
    {
        var business = await Business.OpenAsync(product);
        await business.ImportAsync(clients, "pool");
        var reserved = (await business.ImportAsync(1, "standby"))[0];
        var sitter = await business.AddSitterAsync($"Vera {business.Id}");
        await business.ReadyAsync("standby-reserved", 1);
        await Until.QueryAsync(
            product,
            $"""
            SELECT count(*) = 1 FROM gateway.sitters sitter JOIN gateway.numbers number ON number.sitter_id = sitter.id
            WHERE sitter.id = '{sitter.Id}' AND number.lifecycle = 1
            """,
            "the sitter");
        var threads = new List<Thread>();
        foreach (var client in await business.AddClientsAsync(clients))
        {
            var phone = client.Numbers[0].Reveal();
            await product.Simulator.TextAsync(phone, reserved, $"{ProductOutput.BodyCanary} hello of {client.Id}");
            await Until.TrueAsync(
                async () => (await product.Simulator.AcceptedAsync($"hello of {client.Id}")).Count == 1, "the first text");
            var first = (await product.Simulator.AcceptedAsync($"hello of {client.Id}"))[0];
            threads.Add(new Thread(client, phone, first.From));
        }

        return new FailingBusiness(product, business, sitter, threads);
    }

    /// <summary>The next texts to a client do not arrive.</summary>
    public Task CannotReachAsync(Thread thread, int code, int texts) =>
        _product.Simulator.AddFaultAsync(new { mode = "undelivered", code, to = thread.Phone, calls = texts });

    /// <summary>The sitter writes to a client.</summary>
    public Task WriteAsync(Thread thread, string body) =>
        _product.Simulator.TextAsync(_sitter.RealNumber.Reveal(), thread.PoolNumber, $"{ProductOutput.BodyCanary} {body}");

    /// <summary>What Twilio took for a client, in order.</summary>
    public Task<List<SimulatedMessage>> SentToAsync(Thread thread) => _product.Simulator.AcceptedForAsync(thread.Phone);

    /// <summary>What told the sitter of texts that did not arrive.</summary>
    public async Task<List<SimulatedMessage>> AlertsAsync() =>
        [.. (await _product.Simulator.AcceptedForAsync(_sitter.RealNumber.Reveal()))
            .Where(text => text.Body.Contains("could not be delivered", StringComparison.Ordinal))];

    /// <summary>Waits until AlertService has judged so many failures.</summary>
    public Task FailuresAsync(int count) => Until.QueryAsync(
        _product, $"SELECT count(*) = {count} FROM alerts.failures WHERE organisation_id = '{Id}'", $"{count} failures");

    /// <summary>Waits until the audit log has exactly these of a client's failures.</summary>
    public Task AuditedAsync(Thread thread, params string[] events) => _business.AuditedAsync(
        $"client_id = '{thread.Client.Id}' AND (event LIKE 'MessageRetr%' OR event LIKE 'SitterAlert%' OR event = 'MessageFailed')",
        events);

    /// <summary>Waits until a client's last text has one of these states in the log, and reads it there.</summary>
    public async Task<MessageView> LastInLogAsync(Thread thread, params string[] states)
    {
        MessageView? last = null;
        await Until.TrueAsync(
            async () =>
            {
                var page = await _business.GetAsync<MessagePage>("messages?limit=200");
                last = page.Items.Where(text => !text.Inbound && text.To == thread.Phone).MaxBy(text => text.CreatedAt);
                return states.Contains(last?.State);
            },
            () => Task.FromResult($"the last text to be {string.Join(" or ", states)}; it is {last?.State}"));
        return last!;
    }

    public void Dispose() => _business.Dispose();

    /// <summary>A client on the sitter's phone.</summary>
    internal sealed record Thread(ClientView Client, string Phone, string PoolNumber);
}
