using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Threading;

/// <summary>The core job: a session opens by itself, and both sides talk without seeing the other's number.</summary>
public sealed class When_a_client_texts_for_the_first_time(ProductSystem product)
{
    [Fact]
    public async Task Should_open_a_session_and_carry_the_conversation_both_ways()
    {
        var sitter = await product.Town.AddSitterAsync();
        var client = (await product.Town.AddClientsAsync(1))[0];

        var sent = await product.Simulator.TextAsync(client.Real, sitter.Reserved, "Is wombat Rex fed?");
        Assert.Equal(200, sent.WebhookStatus);
        var arrived = await OnlyTextForAsync(sitter.Real);

        Assert.Equal($"[{client.Name}]: Is wombat Rex fed?", arrived.Body);
        Assert.Contains(arrived.From, product.Town.Pool);

        await product.Simulator.TextAsync(sitter.Real, arrived.From, "The wombat is full");
        var answered = await OnlyTextForAsync(client.Real);

        Assert.Equal("The wombat is full", answered.Body);
        Assert.Equal(sitter.Reserved, answered.From);

        await using var bus = await BusClient.OpenAsync(product);
        var page = await bus.AskAsync<ListSessions, SessionPage>(new ListSessions(OrganisationId.Default, null, 200, OpenOnly: true));
        var session = Assert.Single(page.Items, one => one.SitterId == sitter.Id);
        Assert.Equal(client.Id, session.ClientId);
        Assert.Equal(arrived.From, session.PoolNumber.Reveal());
        Assert.Equal(sitter.Reserved, session.ReservedNumber.Reveal());
        await Until.TrueAsync(
            async () => (await AuditAsync(bus, session.Id)).Order().SequenceEqual(
                ["MessageDelivered", "MessageDelivered", "MessageSent", "MessageSent", "SessionOpened"]),
            async () => $"the audit log to tell the story; it has {string.Join(", ", await AuditAsync(bus, session.Id))}");
        await Judge.DrainedAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }

    [Fact]
    public async Task Should_carry_pictures_both_ways()
    {
        var sitter = await product.Town.AddSitterAsync();
        var client = (await product.Town.AddClientsAsync(1))[0];
        const string Picture = "https://pictures.example.com/wombat.jpg";

        await product.Simulator.TextAsync(client.Real, sitter.Reserved, "", Picture);
        var arrived = await OnlyTextForAsync(sitter.Real);
        await product.Simulator.TextAsync(sitter.Real, arrived.From, "Sweet wombat", Picture);
        var answered = await OnlyTextForAsync(client.Real);

        Assert.Equal([Picture], arrived.Media);
        Assert.StartsWith($"[{client.Name}]:", arrived.Body, StringComparison.Ordinal);
        Assert.Equal([Picture], answered.Media);
        Assert.Equal("Sweet wombat", answered.Body);
    }

    [Fact]
    public async Task Should_introduce_an_unknown_sender_by_the_last_two_digits()
    {
        var sitter = await product.Town.AddSitterAsync();
        var stranger = FictionNumbers.Next();

        await product.Simulator.TextAsync(stranger, sitter.Reserved, "Do you walk a wombat?");
        var arrived = await OnlyTextForAsync(sitter.Real);

        Assert.Equal($"[Client {stranger[^2..]}]: Do you walk a wombat?", arrived.Body);
        await using var bus = await BusClient.OpenAsync(product);
        await Until.TrueAsync(
            async () => (await bus.AskAsync<ListClients, ClientPage>(new ListClients(OrganisationId.Default, null, 200)))
                .Items.Any(client => client.Provisional && client.Numbers.Any(number => number.Reveal() == stranger)),
            "the provisional client's record");
    }

    private static async Task<IEnumerable<string>> AuditAsync(BusClient bus, SessionId session) =>
        (await bus.AskAsync<ListAudit, AuditPage>(new ListAudit(OrganisationId.Default, null, 200)))
            .Items.Where(line => line.SessionId == session).Select(line => line.Event);

    private async Task<SimulatedMessage> OnlyTextForAsync(string phone)
    {
        await Until.TrueAsync(
            async () => (await product.Simulator.AcceptedForAsync(phone)).Count > 0, "a text to arrive");
        return Assert.Single(await product.Simulator.AcceptedForAsync(phone));
    }
}
