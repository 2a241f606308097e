using PhoneMasking.Contracts;
using PhoneMasking.NumberService.Inventory;
using PhoneMasking.NumberService.Setup;

namespace PhoneMasking.NumberService.Tests.Setup;

public sealed class PlanTests
{
    // The limits of Twilio's form: reference/twilio.md 2.8.
    [Theory]
    [InlineData("A")]
    [InlineData("Sixty characters are as many as the name of a business may be")]
    public void Texts_FitTwiliosForm(string business)
    {
        var texts = new CampaignTexts(business[..Math.Min(business.Length, 60)]);

        Assert.InRange(texts.Description.Length, 40, 4096);
        Assert.InRange(texts.MessageFlow.Length, 40, 2048);
        Assert.InRange(texts.OptInMessage.Length, 20, 320);
        Assert.InRange(texts.Samples.Count, 2, 5);
        Assert.All(texts.Samples, sample => Assert.InRange(sample.Length, 20, 1024));
    }

    [Theory]
    [InlineData(0, 0, 35)]
    [InlineData(0, 30, 5)]
    [InlineData(34, 1, 0)]
    [InlineData(34, 0, 1)]
    [InlineData(40, 0, 1)]
    [InlineData(10, 30, 0)]
    public void Plan_OfReservedNumbers_CountsThoseInUseAndKeepsOneOnStandby(int inUse, int onStandby, int missing)
    {
        var inventory = Numbers(inUse, NumberLifecycle.ReservedActive).Concat(Numbers(onStandby, NumberLifecycle.StandbyReserved));

        var plan = NumberPlan.Of(34, 0, 1, inventory);

        Assert.Equal(missing, plan.Lines[0].Missing);
    }

    private static IEnumerable<OwnedNumber> Numbers(int count, NumberLifecycle lifecycle) =>
        Enumerable.Range(0, count).Select(_ => new OwnedNumber
        {
            Id = NumberId.New(DateTimeOffset.UnixEpoch),
            OrganisationId = OrganisationId.Default,
            Lifecycle = lifecycle,
            Stage = NumberStage.Ready,
            VerificationStatus = VerificationStatus.Verified,
            Tries = 0,
            Version = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
        });
}
