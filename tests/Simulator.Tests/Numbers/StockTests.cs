using System.Net;

namespace PhoneMasking.Simulator.Tests.Numbers;

public sealed class StockTests
{
    [Fact]
    public async Task Stock_SetToTwo_RunsOut_AndReturnsWhatIsReleased()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/stock/720", new { count = 2 });

        var first = await BuyAsync(host);
        var second = await BuyAsync(host);
        var third = await host.PostAsync("/IncomingPhoneNumbers.json", ("AreaCode", "720"));

        Assert.Equal((HttpStatusCode.BadRequest, 21452), (third.Status, SimulatorHost.CodeOf(third)));
        Assert.Empty(await SearchAsync(host, "AreaCode=720"));
        Assert.Equal(HttpStatusCode.NoContent, await host.DeleteAsync($"/IncomingPhoneNumbers/{first.Sid}.json"));
        Assert.Equal([first.Number], await SearchAsync(host, "AreaCode=720"));
        Assert.NotEqual(first.Number, second.Number);
    }

    [Fact]
    public async Task Stock_OfARegion_IsThatOfItsAreaCodes()
    {
        await using var host = await SimulatorHost.StartAsync();
        foreach (var areaCode in new[] { "303", "720", "983", "719" })
        {
            await host.ControlAsync(HttpMethod.Put, $"/stock/{areaCode}", new { count = 0 });
        }

        var found = await SearchAsync(host, "InRegion=CO&SmsEnabled=true&VoiceEnabled=true&PageSize=1000");

        Assert.Equal(100, found.Count);
        Assert.All(found, number => Assert.StartsWith("+197055501", number));
        var stock = await host.GetAsync("/simulator/api/stock");
        Assert.Contains(stock.EnumerateArray(), one =>
            one.GetProperty("areaCode").GetString() == "970" && one.GetProperty("onSale").GetInt32() == 100);
    }

    [Theory]
    [InlineData("SmsEnabled=false")]
    [InlineData("FaxEnabled=true")]
    public async Task Search_ForWhatNoNumberIs_FindsNone(string filter)
    {
        await using var host = await SimulatorHost.StartAsync();

        Assert.Empty(await SearchAsync(host, $"AreaCode=303&{filter}"));
    }

    [Fact]
    public async Task BuyByAreaCode_InParallel_GivesEachBuyerANumberUntilThereAreNone()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.ControlAsync(HttpMethod.Put, "/stock/720", new { count = 15 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => host.PostAsync("/IncomingPhoneNumbers.json", ("AreaCode", "720"))));

        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(5, answers.Count(answer => SimulatorHost.CodeOf(answer) == 21452));
    }

    private static async Task<(string Sid, string Number)> BuyAsync(SimulatorHost host)
    {
        var (_, number) = await host.PostAsync("/IncomingPhoneNumbers.json", ("AreaCode", "720"));
        return (number.GetProperty("sid").GetString()!, number.GetProperty("phone_number").GetString()!);
    }

    private static async Task<List<string>> SearchAsync(SimulatorHost host, string query)
    {
        var answer = await host.GetAsync($"/AvailablePhoneNumbers/US/Local.json?{query}");
        return [.. answer.GetProperty("available_phone_numbers").EnumerateArray()
            .Select(one => one.GetProperty("phone_number").GetString()!)];
    }
}
