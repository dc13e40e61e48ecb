# Chile 1988 with base weights, invented: 0.6, 1 and 1.7 in turn. Raked to four targets and post-stratified to sex by age,
# both from the base weights (R 4.2.2, survey 4.1-1). Rscript chile_base_weights.R RESPONDENTS.csv > chile_base_weights.csv
suppressMessages(library(survey))
readers <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = FALSE, na.strings = "")
readers$age_band <- as.character(cut(readers$age, c(18, 30, 45, 60, Inf), right = FALSE, labels = c("18-29", "30-44", "45-59", "60+")))
readers$base <- c(0.6, 1, 1.7)[readers$respondent %% 3 + 1]
targets <- list(
  sex = c(F = .52, M = .48), age_band = c("18-29" = .28, "30-44" = .30, "45-59" = .22, "60+" = .20),
  region = c(C = .16, M = .09, N = .10, S = .23, SA = .42), education = c(P = .55, PS = .08, S = .37))
crossed <- data.frame(sex = rep(c("F", "M"), each = 4), age_band = rep(names(targets$age_band), 2),
                      Freq = c(1720000, 1630000, 980000, 830000, 1700000, 1590000, 930000, 650000))
known <- readers[complete.cases(readers[, names(targets)]), ]
population <- lapply(names(targets), function(key) setNames(data.frame(names(targets[[key]]), targets[[key]] * nrow(known)), c(key, "Freq")))
raked <- rake(svydesign(ids = ~1, weights = ~base, data = known), lapply(names(targets), function(key) as.formula(paste0("~", key))),
              population, control = list(maxit = 500, epsilon = 1e-14))
aged <- readers[!is.na(readers$age_band), ]
crossed$Freq <- crossed$Freq / sum(crossed$Freq) * nrow(aged)
stratified <- postStratify(svydesign(ids = ~1, weights = ~base, data = aged), ~sex + age_band, crossed)
fixed <- function(design) svydesign(ids = ~1, weights = ~w, data = transform(design$variables, w = weights(design)))
digits <- function(x) sprintf("%.15g", as.numeric(x))
line <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
share <- function(design, method, variance, by, group, level) {
  inside <- design[which(!is.na(design$variables$vote) & (by == "" | design$variables[[if (by == "") "vote" else by]] == group)), ]
  w <- weights(inside); y <- as.numeric(inside$variables$vote == level); y[w == 0] <- 0
  inside$variables$y <- y
  m <- svymean(~y, inside)
  w <- w[w > 0]
  n_level <- sum(y)
  line(method, variance, "vote", by, group, level, length(w), n_level, length(w) - 1, digits(coef(m)), digits(SE(m)),
       digits(sum(w)), digits(sum(w) * coef(m)), digits(sum(w)^2 / sum(w^2)))
}
line("method", "variance", "variable", "by", "group", "level", "n", "n_level", "df", "p", "se", "sum_w", "sum_w_level", "n_eff_kish")
for (method in c("rake", "poststratify")) for (variance in c("fixed_weights", "raked_design")) {
  design <- if (method == "rake") raked else stratified
  if (variance == "fixed_weights") design <- fixed(design)
  for (by in c("", "sex", "region")) {
    groups <- if (by == "") "" else sort(unique(design$variables[[by]]))
    for (group in groups) for (level in c("A", "N", "U", "Y")) share(design, method, variance, by, group, level)
  }
}
