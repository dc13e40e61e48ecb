# Differences and tests of the Chile survey of 1988 with raked weights whose errors know the raking (R 4.2.2, survey 4.1-1).
# Rscript chile_calibrated_tests.R RESPONDENTS.csv > chile_calibrated_tests.csv
# `svyby(covmat = TRUE)` fails on a subset of a raked design in this version, so each difference is linearised from totals.
suppressMessages(library(survey))
readers <- read.csv(commandArgs(TRUE)[1], stringsAsFactors = FALSE, na.strings = "")
readers$age_band <- as.character(cut(readers$age, c(18, 30, 45, 60, Inf), right = FALSE, labels = c("18-29", "30-44", "45-59", "60+")))
targets <- list(
  sex = c(F = .52, M = .48), age_band = c("18-29" = .28, "30-44" = .30, "45-59" = .22, "60+" = .20),
  region = c(C = .16, M = .09, N = .10, S = .23, SA = .42), education = c(P = .55, PS = .08, S = .37))
known <- readers[complete.cases(readers[, names(targets)]), ]
population <- lapply(names(targets), function(key) setNames(data.frame(names(targets[[key]]), targets[[key]] * nrow(known)), c(key, "Freq")))
design <- rake(svydesign(ids = ~1, weights = ~rep(1, nrow(known)), data = known), lapply(names(targets), function(key) as.formula(paste0("~", key))),
               population, control = list(maxit = 500, epsilon = 1e-14))
digits <- function(x) sprintf("%.15g", as.numeric(x))
line <- function(...) cat(paste(c(...), collapse = ","), "\n", sep = "")
difference <- function(kind, by, a, b, one, other) {
  voted <- !is.na(known$vote); yes <- voted & known$vote == "Y"
  totals <- svytotal(~y1 + n1 + y2 + n2, update(design, y1 = 1 * (yes & one), n1 = 1 * (voted & one), y2 = 1 * (yes & other), n2 = 1 * (voted & other)))
  gap <- svycontrast(totals, quote(y1 / n1 - y2 / n2))
  line(kind, by, a, b, digits(coef(gap)), digits(SE(gap)), "")
}
line("kind", "by", "a", "b", "estimate", "se_or_df", "df_below")
for (by in names(targets)) {
  group <- known[[by]]; levels <- sort(unique(group))
  for (a in levels) difference("rest", by, a, "", group == a, group != a)
  for (i in seq_along(levels)) for (j in seq_along(levels)) if (i < j) difference("pair", by, levels[i], levels[j], group == levels[i], group == levels[j])
  for (test in c("F", "Wald")) {
    h <- svychisq(as.formula(paste("~vote +", by)), subset(design, !is.na(vote)), statistic = test)
    line(test, by, "", "", digits(h$statistic), digits(h$parameter[1]), digits(h$parameter[2]))
  }
}
