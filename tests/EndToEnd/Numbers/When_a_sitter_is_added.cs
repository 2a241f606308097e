using PhoneMasking.Contracts;
using PhoneMasking.EndToEnd.Judging;
using PhoneMasking.EndToEnd.Product;

namespace PhoneMasking.EndToEnd.Numbers;

/// <summary>Sitter provisioning from the form to the first text: with a standby number (path A) and without (path B).</summary>
public sealed class When_a_sitter_is_added(ProductSystem product)
{
    [Fact]
    public async Task Should_have_the_standby_number_at_once_and_a_new_one_be_bought()
    {
        using var business = await Business.OpenAsync(product);
        var standby = (await business.ImportAsync(1, "standby"))[0];
        var name = $"Paula {business.Id}";

        var sitter = await business.AddSitterAsync(name);

        Assert.Equal(NumberStatus.Ready, sitter.ReservedStatus);
        Assert.Equal(standby, sitter.ReservedNumber!.Reveal());
        var replacement = (await business.ReadyAsync("standby-reserved", 1))[0];
        Assert.NotEqual(standby, replacement.Number!.Reveal());
        Assert.Equal(NumberPurpose.StandbyReplenishment, replacement.Purpose);
        Assert.Equal(VerificationStatus.Verified, replacement.VerificationStatus);
        Assert.Equal([replacement.Number.Reveal()], await product.Simulator.NumbersOfServiceAsync(business.MessagingService));
        await business.AuditedAsync($"sitter_id = '{sitter.Id}'", "SitterNumberAssigned");
        await business.AuditedAsync($"number_id = '{replacement.Id}'", "NumberOrdered", "NumberBought");
        Assert.Equal([$"{name} can be texted at {standby}"], await MailsAboutAsync(name, 1));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Should_get_the_number_that_is_ordered_and_be_reached_through_it()
    {
        using var business = await Business.OpenAsync(product);
        var pool = (await business.ImportAsync(1, "pool"))[0];
        var client = (await business.AddClientsAsync(1))[0];
        var name = $"Oscar {business.Id}";

        var added = await business.AddSitterAsync(name);

        Assert.Equal(NumberStatus.Pending, added.ReservedStatus);
        var reserved = (await business.ReadyAsync("reserved-active", 1))[0];
        var number = reserved.Number!.Reveal();
        var sitter = await business.GetAsync<SitterView>($"sitters/{added.Id}");
        Assert.Equal((NumberStatus.Ready, number), (sitter.ReservedStatus, sitter.ReservedNumber!.Reveal()));
        await business.AuditedAsync($"sitter_id = '{sitter.Id}'", "SitterNumberOrdered", "SitterNumberReady");
        Assert.Equal(
            [$"A number was ordered for {name}", $"{name}'s number is ready: {number}"], await MailsAboutAsync(name, 2));
        Assert.Equal([number], await product.Simulator.NumbersOfServiceAsync(business.MessagingService));
        Assert.Empty(await business.NumbersAsync("standby-reserved"));

        await Until.QueryAsync(
            product,
            $"SELECT count(*) = 1 FROM gateway.numbers WHERE sitter_id = '{sitter.Id}' AND status = 1",
            "the gateway to know the number");
        await product.Simulator.TextAsync(client.Numbers[0].Reveal(), number, "Is wombat Rex fed?");
        var arrived = await OnlyTextForAsync(sitter.RealNumber.Reveal());
        Assert.Equal((pool, $"[{client.Name}]: Is wombat Rex fed?"), (arrived.From, arrived.Body));
        await product.Simulator.TextAsync(sitter.RealNumber.Reveal(), pool, "The wombat is full");
        var answered = await OnlyTextForAsync(client.Numbers[0].Reveal());
        Assert.Equal((number, "The wombat is full"), (answered.From, answered.Body));
        await NothingIsLeftAsync();
    }

    private async Task<List<string>> MailsAboutAsync(string name, int count)
    {
        List<SimulatedMail> mails = [];
        await Until.TrueAsync(
            async () =>
            {
                mails = [.. (await product.Simulator.MailsAsync())
                    .Where(mail => mail.Subject.Contains(name, StringComparison.Ordinal))];
                return mails.Count >= count;
            },
            $"{count} e-mails to the owner");
        Assert.All(mails, mail => Assert.Equal([ServiceSettings.OwnerAddress], mail.To));
        return [.. mails.Select(mail => mail.Subject)];
    }

    private async Task<SimulatedMessage> OnlyTextForAsync(string phone)
    {
        await Until.TrueAsync(
            async () => (await product.Simulator.AcceptedForAsync(phone)).Count > 0, "a text to arrive");
        return Assert.Single(await product.Simulator.AcceptedForAsync(phone));
    }

    private async Task NothingIsLeftAsync()
    {
        await Judge.DrainedAsync(product);
        await Judge.QueuesAreEmptyAsync(product);
        Assert.Equal([], product.Output.Leaks);
    }
}
