/// Numbers that look random: splitmix64, the same for the same seed and case.
pub struct Draw(u64);

impl Draw {
    pub fn new(seed: u64, case: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ case.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Between nothing and one.
    fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / 4_294_967_296.0
    }

    pub fn between(&mut self, low: usize, high: usize) -> usize {
        let span = u64::try_from(high - low + 1).unwrap();
        low + usize::try_from(self.next() % span).unwrap()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.between(1, 100) <= percent
    }

    /// Any value between as likely.
    pub fn part(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Twice of something as likely as half of it.
    pub fn spread(&mut self, low: f64, high: f64) -> f64 {
        (self.part(low.ln(), high.ln())).exp()
    }

    /// Normal, by Box and Muller.
    pub fn normal(&mut self) -> f64 {
        let (radius, turn) = (self.unit().max(1e-12), self.unit());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * turn).cos()
    }

    /// Student's t of four degrees of freedom, of variance one.
    pub fn heavy(&mut self) -> f64 {
        let normal = self.normal();
        let squares: f64 = (0..4).map(|_| self.normal().powi(2)).sum();
        normal / (squares / 4.0).sqrt() / 2.0_f64.sqrt()
    }
}
