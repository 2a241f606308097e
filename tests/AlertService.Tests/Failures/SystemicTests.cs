using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Failures;

/// <summary>More than five permanent failures within 24 hours are told to the owner, by one e-mail in 24 hours.</summary>
public sealed class SystemicTests(FailureWorld world) : IClassFixture<FailureWorld>
{
    private const string Summary = "systemic-failures";

    [Fact]
    public async Task SixthPermanentFailure_WritesOneSummary_AndTheSeventhNone()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        await FailAsync(business, 5);
        Assert.Empty(await business.EmailsAsync());
        await FailAsync(business, 1);
        Assert.Equal([Summary], await business.EmailsAsync());
        await FailAsync(business, 1);

        Assert.Equal([Summary], await business.EmailsAsync());
    }

    [Fact]
    public async Task Window_Slides_SoThatOldFailuresDoNotCount()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        await FailAsync(business, 3);
        instance.Clock.Advance(TimeSpan.FromHours(23));
        await FailAsync(business, 2);
        instance.Clock.Advance(TimeSpan.FromHours(1));
        await FailAsync(business, 3);
        Assert.Empty(await business.EmailsAsync());
        await FailAsync(business, 1);

        Assert.Equal([Summary], await business.EmailsAsync());
    }

    [Fact]
    public async Task Summary_AfterADayOfMoreFailures_IsWrittenAgain()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        await FailAsync(business, 6);
        instance.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await FailAsync(business, 6);
        Assert.Equal([Summary], await business.EmailsAsync());
        instance.Clock.Advance(TimeSpan.FromSeconds(1));
        await FailAsync(business, 1);

        Assert.Equal([Summary, Summary], await business.EmailsAsync());
    }

    [Fact]
    public async Task OtherFailures_DoNotCount()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);

        for (var count = 0; count < 10; count++)
        {
            await business.FailAsync(30003);
            await business.FailAsync(21610, "refused");
            await business.FailAsync(30025);
            await business.FailAsync(30007, direction: MessageDirection.Notice);
            await business.FailAsync(30007, direction: MessageDirection.Verification);
        }

        Assert.Empty(await business.EmailsAsync());
    }

    [Fact]
    public async Task TextThatArrivesAfterAll_DoesNotCountAnyMore()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        var texts = await FailAsync(business, 5);

        await instance.ArriveAsync(business.Delivery(texts[0]));
        await FailAsync(business, 1);
        Assert.Empty(await business.EmailsAsync());
        await FailAsync(business, 1);

        Assert.Equal([Summary], await business.EmailsAsync());
    }

    [Fact]
    public async Task SixFailures_AtOnceOnTwoInstances_WriteExactlyOneSummary()
    {
        var clock = new FakeClock();
        await using var one = new FailureInstance(world, clock);
        await using var two = new FailureInstance(world, clock);
        foreach (var business in Enumerable.Range(0, 10).Select(_ => new Business(one)))
        {
            var failures = Enumerable.Range(0, 6).Select(_ => business.Failure(30007)).ToArray();

            await Task.WhenAll(failures.Select((failed, index) => (index % 2 == 0 ? one : two).FailAsync(failed)));

            Assert.Equal([Summary], await business.EmailsAsync());
        }
    }

    [Fact]
    public async Task Summary_NamesCodesNumbersSittersTimesAndWhatToCheck()
    {
        await using var instance = new FailureInstance(world, new FakeClock());
        var business = new Business(instance);
        await instance.WithDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"INSERT INTO alerts.sitters VALUES ({business.Sitter.Value}, {business.Organisation.Value}, {"Ana Alvarez"}, 1)",
            TestContext.Current.CancellationToken));

        await FailAsync(business, 4);
        instance.Clock.Advance(TimeSpan.FromHours(2));
        await business.FailAsync(99999);
        await business.FailAsync(null, "refused");

        var text = await instance.ReadAsync(db => db.Emails
            .Where(email => email.OrganisationId == business.Organisation)
            .Select(email => email.TextBody)
            .SingleAsync(TestContext.Current.CancellationToken));
        Assert.Contains("30007  filtered by Twilio or the carrier: 4", text);
        Assert.Contains("99999  a code that is not in our table: 1", text);
        Assert.Contains("none  no reason given: 1", text);
        Assert.Contains("+13035550131: 6", text);
        Assert.Contains("Ana Alvarez: 6", text);
        Assert.Contains("First:  2026-01-15 17:00 UTC", text);
        Assert.Contains("Last:   2026-01-15 19:00 UTC", text);
        Assert.Contains("Did the wording of texts change?", text);
    }

    private static async Task<MessageId[]> FailAsync(Business business, int count)
    {
        var texts = new MessageId[count];
        for (var index = 0; index < count; index++)
        {
            texts[index] = await business.FailAsync(30007);
        }

        return texts;
    }
}
