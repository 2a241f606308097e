using Microsoft.Extensions.DependencyInjection;
using PhoneMasking.Contracts;
using PhoneMasking.ProxyGateway.Retries;
using PhoneMasking.TestServers;

namespace PhoneMasking.ProxyGateway.Tests.World;

/// <summary>A sitter and a client in touch, whose texts do not arrive.</summary>
internal sealed class FailingThread(GatewayWorld world, Business business)
{
    public Business Business { get; } = business;

    public required SitterChanged Sitter { get; init; }

    public required ClientChanged Client { get; init; }

    public required NumberChanged Pool { get; init; }

    public required SessionId Session { get; init; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A client's first text has opened the thread.</summary>
    public static async Task<FailingThread> OpenAsync(GatewayWorld world, string client = "Maria Lopez")
    {
        var business = world.NewBusiness();
        var sitter = await business.SitterAsync();
        var pool = await business.PoolNumberAsync();
        var known = await business.ClientAsync(client);
        var first = await world.DecisionAsync(await world.TextAsync(known.Numbers[0], sitter.ReservedNumber!, "Hello"));
        await world.TextsAsync(sitter.RealNumber);
        return new FailingThread(world, business)
        {
            Sitter = sitter,
            Client = known,
            Pool = pool,
            Session = first.Session!.Value,
        };
    }

    /// <summary>One side writes to the other; Twilio takes the text.</summary>
    public async Task<TwilioCall> WriteAsync(string body, bool toClient = true, params string[] media)
    {
        var to = toClient ? Client.Numbers[0] : Sitter.RealNumber;
        var before = world.Twilio.AcceptedFor(to.Reveal()).Count;
        await (toClient
            ? world.TextAsync(Sitter.RealNumber, Pool.Number, body, media: media)
            : world.TextAsync(Client.Numbers[0], Sitter.ReservedNumber!, body, media: media));
        await world.TextsAsync(to, before + 1);
        return world.Twilio.CallsTo(to.Reveal())[^1];
    }

    /// <summary>One side writes to the other, and the text does not arrive.</summary>
    public async Task<MessageFailed> FailAsync(string body = "See you at 5", bool toClient = true, params string[] media)
    {
        var call = await WriteAsync(body, toClient, media);
        return await FailAsync(call);
    }

    /// <summary>Twilio reports that the last text it took did not arrive.</summary>
    public async Task<MessageFailed> FailAsync(TwilioCall call)
    {
        var sid = world.Twilio.AcceptedFor(call.Request.To)[^1].Sid;
        await world.PostAsync(Webhook.OfStatus(call.Request.StatusCallback!, sid, "undelivered", 30003));
        var id = IdOf(call);
        return await world.Events.WaitForAsync<MessageFailed>(failed => failed.MessageId == id, Token);
    }

    public static MessageId IdOf(TwilioCall call) =>
        new(Guid.Parse(call.Request.StatusCallback!.Query["?message=".Length..]));

    /// <summary>The command that repeats texts, with new ids for the retries.</summary>
    public RetryMessages RetryOf(params MessageFailed[] failed) => new(
        Business.Organisation,
        [.. failed.Select(text => new MessageRetry(text.MessageId, MessageId.New(world.Clock.GetUtcNow())))]);

    /// <summary>Has one of the instances carry a command out.</summary>
    public async Task DecideAsync(RetryMessages command, int host = 0) =>
        await world.Hosts[host].Services.GetRequiredService<RetryDesk>().DecideAsync(command, Token);

    /// <summary>Carries a command for one text out; it must be dropped.</summary>
    /// <returns>Why.</returns>
    public async Task<string> ReasonOfDropAsync(RetryMessages command)
    {
        await DecideAsync(command, host: 1);
        var dropped = await world.Events.WaitForAsync<MessageRetryDropped>(
            dropped => dropped.RetryId == command.Retries[0].RetryId, Token);
        Assert.Equal(command.Retries[0].MessageId, dropped.MessageId);
        Assert.Equal(0, await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbound WHERE retry_of = $1", dropped.MessageId.Value));
        return dropped.Reason;
    }

    /// <summary>Waits until everything that tells of a text has been published.</summary>
    public Task ToldAsync(MessageId id) => Eventually.TrueAsync(
        async () => await world.ScalarAsync<long>(
            "SELECT count(*) FROM gateway.outbox WHERE body LIKE '%' || $1 || '%'", id.ToString()) == 0,
        "the events to be published",
        Token);
}
