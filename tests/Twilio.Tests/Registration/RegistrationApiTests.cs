using Microsoft.Extensions.DependencyInjection;

using PhoneMasking.Twilio.Registration;
using PhoneMasking.Twilio.Tests.Loopback;

namespace PhoneMasking.Twilio.Tests.Registration;

public sealed class RegistrationApiTests
{
    private const string BrandSid = "BN00000000000000000000000000000001";
    private const string ServiceSid = "MG00000000000000000000000000000001";
    private const string CampaignSid = "QE00000000000000000000000000000001";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListBrands_Failed_SaysWhy()
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, $$"""
            {"meta":{"next_page_url":null,"key":"data"},"data":[{"sid":"{{BrandSid}}","brand_type":"STANDARD",
             "status":"FAILED","brand_score":42,"identity_status":"VERIFIED","russell_3000":true,
             "errors":[{"url":"https://www.twilio.com/docs/api/errors/30701","error_code":30701,
             "description":"Invalid State","fields":["region"]}]}]}
            """));
        await using var services = Client.Services();

        var brand = Assert.Single(
            await Api(services).ListBrandsAsync(twilio.Account, Cancelled).ToListAsync(Cancelled));

        Assert.Equal(("FAILED", false, 42), (brand.Status, brand.IsApproved, brand.BrandScore));
        var error = Assert.Single(brand.Errors!);
        Assert.Equal((30701, "Invalid State", "region"), (error.Code, error.Description, Assert.Single(error.Fields)));
        Assert.Equal(
            "/messaging/v1/a2p/BrandRegistrations?PageSize=1000",
            Assert.Single(twilio.Requests).Target);
    }

    [Fact]
    public async Task FetchBrand_Approved_IsSaid_UnknownIsNull()
    {
        await using var twilio = LoopbackTwilio.Replying(
            Reply.Json(200, $$"""{"sid":"{{BrandSid}}","status":"APPROVED","errors":[]}"""), Reply.Json(404, "{}"));
        await using var services = Client.Services();

        Assert.True((await Api(services).FetchBrandAsync(twilio.Account, BrandSid, Cancelled))?.IsApproved);
        Assert.Null(await Api(services).FetchBrandAsync(twilio.Account, BrandSid, Cancelled));
    }

    [Theory]
    [InlineData("""{"att":{"mps":600,"msg_class":"A"},"tmobile":{"brand_tier":"TOP"}}""", 600, "A", "TOP")]
    [InlineData("""{"att":{"tpm":75,"msg_class":"T"},"verizon":[]}""", null, "T", null)]
    [InlineData("""{"att":17}""", null, null, null)]
    public async Task ListCampaigns_RateLimits_AreReadAsFarAsTheyAreThere(
        string limits, int? messagesPerSecond, string? messageClass, string? tier)
    {
        await using var twilio = LoopbackTwilio.Replying(Reply.Json(200, $$"""
            {"meta":{},"compliance":[{"sid":"{{CampaignSid}}","campaign_status":"VERIFIED",
             "us_app_to_person_usecase":"PROXY","rate_limits":{{limits}},"errors":["odd"]}]}
            """));
        await using var services = Client.Services();

        var campaign = Assert.Single(
            await Api(services).ListCampaignsAsync(twilio.Account, ServiceSid, Cancelled).ToListAsync(Cancelled));

        Assert.Equal(("PROXY", true), (campaign.UsAppToPersonUsecase, campaign.IsVerified));
        Assert.Equal(new CampaignRateLimits(messagesPerSecond, messageClass, tier), campaign.RateLimits);
        Assert.Single(campaign.Errors!);
    }

    private static IRegistrationApi Api(ServiceProvider services) => services.GetRequiredService<IRegistrationApi>();
}
