using System.Net;
using System.Text.Json;

namespace PhoneMasking.Simulator.Tests.Numbers;

public sealed class PhoneNumberResourceTests
{
    [Fact]
    public async Task Search_InAnAreaCode_OffersFictionsNumbersThatNobodyHas()
    {
        await using var host = await SimulatorHost.StartAsync();

        var found = await SearchAsync(host, "US", "AreaCode=303&PageSize=1000");

        Assert.Equal(97, found.Count);
        Assert.All(found, number => Assert.StartsWith("+130355501", number));
        Assert.DoesNotContain(SimulatorHost.OwnNumber, found);
        Assert.DoesNotContain(SimulatorHost.Dana, found);
    }

    [Theory]
    [InlineData("US", "Contains=7205550*01", "+17205550101")]
    [InlineData("US", "InRegion=NY&PageSize=1", "+12125550100")]
    [InlineData("GB", "PageSize=1", "+447700900000")]
    public async Task Search_Narrowed_OffersWhatFits(string country, string query, string expected)
    {
        await using var host = await SimulatorHost.StartAsync();

        Assert.Equal([expected], await SearchAsync(host, country, query));
    }

    [Fact]
    public async Task Buy_ByNumber_MakesItOursOnceOnly()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, number) = await BuyAsync(host, ("PhoneNumber", "+17205550123"), ("FriendlyName", "Pool"));
        var (again, error) = await BuyAsync(host, ("PhoneNumber", "+17205550123"));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("PN", number.GetProperty("sid").GetString());
        Assert.Equal("Pool", number.GetProperty("friendly_name").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, again);
        Assert.Equal(21422, error.GetProperty("code").GetInt32());
        var list = await host.GetAsync("/IncomingPhoneNumbers.json?PhoneNumber=%2B17205550123");
        Assert.Equal(1, list.GetProperty("incoming_phone_numbers").GetArrayLength());
    }

    [Fact]
    public async Task Buy_InParallel_SucceedsOnce()
    {
        await using var host = await SimulatorHost.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => BuyAsync(host, ("PhoneNumber", "+17205550123"))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task Buy_ByAreaCode_PicksAFreeNumber()
    {
        await using var host = await SimulatorHost.StartAsync();

        var (_, number) = await BuyAsync(host, ("AreaCode", "720"));

        Assert.Equal("+17205550100", number.GetProperty("phone_number").GetString());
    }

    [Theory]
    [InlineData("AreaCode", "12", 21451)]
    [InlineData("PhoneNumber", "303", 21421)]
    [InlineData("PhoneNumber", "+1303" + "5551234", 21422)]
    [InlineData("PhoneNumber", SimulatorHost.Dana, 21422)]
    public async Task Buy_OfWhatIsNotOnSale_IsRefused(string name, string value, int code)
    {
        await using var host = await SimulatorHost.StartAsync();

        var (status, error) = await BuyAsync(host, (name, value));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(code, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Update_OfTheSmsUrl_MovesTheWebhook()
    {
        await using var host = await SimulatorHost.StartAsync();
        var list = await host.GetAsync("/IncomingPhoneNumbers.json");
        var sid = list.GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString();

        await host.PostAsync($"/IncomingPhoneNumbers/{sid}.json", ("SmsUrl", $"{host.Receiver.Url}/moved"));
        await host.TextAsync("Hello");

        Assert.Equal("/moved", (await host.Receiver.NextAsync()).Path);
        var number = await host.GetAsync($"/IncomingPhoneNumbers/{sid}.json");
        Assert.Equal($"{host.Receiver.Url}/moved", number.GetProperty("sms_url").GetString());
    }

    [Fact]
    public async Task Release_OfANumber_EndsIt()
    {
        await using var host = await SimulatorHost.StartAsync();
        var list = await host.GetAsync("/IncomingPhoneNumbers.json");
        var sid = list.GetProperty("incoming_phone_numbers")[0].GetProperty("sid").GetString();
        var path = $"{SimulatorHost.Account}/IncomingPhoneNumbers/{sid}.json";

        using var first = await host.Http.DeleteAsync(path, TestContext.Current.CancellationToken);
        using var second = await host.Http.DeleteAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task List_InPages_GivesEachNumberOnce()
    {
        await using var host = await SimulatorHost.StartAsync(
            ("Simulator:Numbers:1:Number", "+17205550170"),
            ("Simulator:Numbers:2:Number", "+17205550171"));

        List<string> numbers = [];
        var next = "/IncomingPhoneNumbers.json?PageSize=2";
        while (next is not null)
        {
            var page = await host.GetAsync(next);
            numbers.AddRange(page.GetProperty("incoming_phone_numbers").EnumerateArray()
                .Select(one => one.GetProperty("phone_number").GetString()!));
            next = page.GetProperty("next_page_uri").GetString()?.Replace(SimulatorHost.Account, "");
        }

        Assert.Equal(["+13035550100", "+17205550170", "+17205550171"], numbers.Order());
    }

    private static async Task<List<string>> SearchAsync(SimulatorHost host, string country, string query)
    {
        var answer = await host.GetAsync($"/AvailablePhoneNumbers/{country}/Local.json?{query}");
        return [.. answer.GetProperty("available_phone_numbers").EnumerateArray()
            .Select(one => one.GetProperty("phone_number").GetString()!)];
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> BuyAsync(
        SimulatorHost host,
        params (string Name, string Value)[] form) => host.PostAsync("/IncomingPhoneNumbers.json", form);
}
